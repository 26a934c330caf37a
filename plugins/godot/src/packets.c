/* Packets on their way from `poll` to the engine. See peer.h. */
#include "peer.h"

#include <stdlib.h>
#include <string.h>

bool packet_push(peer *p, const member *from, const FastNetEvent *event, size_t header_bytes) {
    size_t length = event->data_len - header_bytes;
    packet *new = malloc(sizeof *new + length);
    if (!new)
        return false;
    new->next = NULL;
    new->from = from->id;
    new->length = (int32_t)length;
    new->mode = event->data[0] & 3;
    new->lane = event->data[0] >> 2;
    if (length)
        memcpy(new->data, event->data + header_bytes, length);
    if (p->last)
        p->last->next = new;
    else
        p->first = new;
    p->last = new;
    p->packet_count++;
    return true;
}

void packets_drop(peer *p, int32_t from) {
    packet **link = &p->first;
    p->last = NULL;
    while (*link) {
        packet *here = *link;
        if (here->from != from) {
            p->last = here;
            link = &here->next;
            continue;
        }
        *link = here->next;
        free(here);
        p->packet_count--;
    }
}

void packets_end(peer *p) {
    while (p->first) {
        packet *next = p->first->next;
        free(p->first);
        p->first = next;
    }
    free(p->lent);
    p->last = p->lent = NULL;
    p->packet_count = 0;
}

bool lane_accepts(member *from, int lane, uint16_t number) {
    uint16_t ahead = (uint16_t)(number - from->newest[lane]);
    if (from->heard[lane] && (ahead == 0 || ahead >= 0x8000))
        return false;
    from->heard[lane] = true;
    from->newest[lane] = number;
    return true;
}
