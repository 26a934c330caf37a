/* Who is at the other ends: Godot's ids and FastNet's. See peer.h. */
#include "peer.h"

#include <stdlib.h>
#include <string.h>

/* The first place whose id is not below `id`. */
static int place_of(const peer *p, int32_t id) {
    int low = 0, high = p->member_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (p->members[middle]->id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool make_room(peer *p) {
    if (p->member_count < p->member_room)
        return true;
    int room = p->member_room ? 2 * p->member_room : 8;
    member **grown = realloc(p->members, (size_t)room * sizeof *grown);
    if (!grown)
        return false;
    p->members = grown;
    p->member_room = room;
    return true;
}

member *member_add(peer *p, int32_t id, FastNetPeerId peer_id) {
    member *new = make_room(p) ? calloc(1, sizeof *new) : NULL;
    if (!new)
        return NULL;
    new->id = id;
    new->peer_id = peer_id;
    int place = place_of(p, id);
    memmove(p->members + place + 1, p->members + place, (size_t)(p->member_count - place) * sizeof *p->members);
    p->members[place] = new;
    p->member_count++;
    return new;
}

member *member_find(const peer *p, int32_t id) {
    int place = place_of(p, id);
    return place < p->member_count && p->members[place]->id == id ? p->members[place] : NULL;
}

void member_remove(peer *p, member *gone) {
    int place = place_of(p, gone->id);
    p->member_count--;
    memmove(p->members + place, p->members + place + 1, (size_t)(p->member_count - place) * sizeof *p->members);
    free(gone);
}

void members_end(peer *p) {
    for (int i = 0; i < p->member_count; i++)
        free(p->members[i]);
    free(p->members);
    p->members = NULL;
    p->member_count = p->member_room = 0;
}

/* splitmix64; ids need to be different, not secret. */
static uint64_t draw(peer *p) {
    uint64_t x = p->chance += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

int32_t member_new_id(peer *p) {
    for (;;) {
        int32_t id = (int32_t)(draw(p) & INT32_MAX);
        if (id > SERVER_ID && !member_find(p, id))
            return id;
    }
}
