/* From FastNet's events to the engine: who came, who left, and packets that wait. See peer.h.
 *
 * Order: a packet whose sender was announced as gone is an error in the engine, so an end waits for the next poll while
 * packets do.
 *
 * Strangers' bytes: a message that is too short, of an unknown mode or out of turn is dropped. What the engine does
 * with the rest is the engine's own check.
 */
#include "peer.h"

#include <stdio.h>

/* So many wait at once; more stay in FastNet's own bounded queues until the engine took these. */
enum { PACKETS_MAX = 65536 };

static void announce(peer *p, const gd_name *signal, int32_t id) {
    int64_t value = id;
    gd_variant argument;
    gd_to_variant(GDEXTENSION_VARIANT_TYPE_INT, &value, &argument);
    gd_emit(p->object, signal, &argument, 1);
}

static void come_in(peer *p, const FastNetEvent *event) {
    member *new = p->refusing ? NULL : member_add(p, member_new_id(p), event->peer_id);
    if (!new) {
        fastnet.server_disconnect_peer(p->server, event->peer_id, 0, "the server takes no new connections");
        return;
    }
    fastnet.server_peer_set_user_data(p->server, event->peer_id, new);
    if (peer_send_id(p, new) == GD_OK)
        announce(p, &names.peer_connected, new->id);
    else
        fastnet.server_disconnect_peer(p->server, event->peer_id, 0, p->error);
}

static void leave(peer *p, member *gone) {
    int32_t id = gone->id;
    member_remove(p, gone);
    announce(p, &names.peer_disconnected, id);
}

static void lose_server(peer *p) {
    bool was_connected = p->status == CONNECTED;
    p->status = DISCONNECTED;
    if (was_connected)
        announce(p, &names.peer_disconnected, SERVER_ID);
}

/* Announces an end now, or at the next poll. */
static void finish(peer *p, member *gone) {
    p->ending = p->packet_count > 0;
    p->leaving = gone;
    if (p->ending)
        return;
    if (p->client)
        lose_server(p);
    else
        leave(p, gone);
}

/* A client learns its id: the connection is made now. */
static void learn_id(peer *p, const FastNetEvent *event) {
    bool ordered = event->channel == FASTNET_CHANNEL_RELIABLE_ORDERED;
    if (p->status != CONNECTING || event->data_len != CONTROL_BYTES || !ordered)
        return;
    const uint8_t *at = event->data + 1;
    uint32_t id = (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
    if (id <= SERVER_ID || id > INT32_MAX)
        return;
    p->id = (int32_t)id;
    p->status = CONNECTED;
    announce(p, &names.peer_connected, SERVER_ID);
}

static void take_message(peer *p, member *from, const FastNetEvent *event) {
    if (!event->data_len)
        return;
    int kind = event->data[0] & 3, lane = event->data[0] >> 2;
    size_t header = kind == UNRELIABLE_ORDERED ? HEADER_MAX : 1;
    if (kind == CONTROL) {
        if (p->client)
            learn_id(p, event);
        return;
    }
    if (p->status != CONNECTED || event->data_len < header)
        return;
    if (kind == UNRELIABLE_ORDERED && !lane_accepts(from, lane, (uint16_t)(event->data[1] | event->data[2] << 8)))
        return;
    if (!packet_push(p, from, event, header))
        gd_print_error("memory is out: a multiplayer packet was lost");
}

static void take_client_event(peer *p, const FastNetEvent *event) {
    if (event->type == FASTNET_EVENT_DATA && p->member_count) {
        take_message(p, p->members[0], event);
    } else if (event->type == FASTNET_EVENT_DISCONNECTED) {
        const char *text = event->data_len ? (const char *)event->data : "";
        snprintf(p->error, sizeof p->error, "%.*s", (int)event->data_len, text);
        finish(p, NULL);
    }
}

static void take_server_event(peer *p, const FastNetEvent *event) {
    member *who = event->user_data == p ? NULL : event->user_data; /* the handle's own, until the peer has one */
    if (event->type == FASTNET_EVENT_CONNECTED)
        come_in(p, event);
    else if (event->type == FASTNET_EVENT_DATA && who)
        take_message(p, who, event);
    else if (event->type == FASTNET_EVENT_DISCONNECTED && who)
        finish(p, who);
    else if (event->type == FASTNET_EVENT_ERROR) {
        p->status = DISCONNECTED;
        gd_print_error(event->data_len ? (const char *)event->data : "the server failed");
    }
}

void peer_poll(peer *p) {
    bool alive = true, *outer = p->alive;
    FastNetEvent event;
    p->alive = &alive;
    if (p->ending)
        finish(p, p->leaving);
    while (alive && !p->ending && p->packet_count < PACKETS_MAX) {
        if (p->client && fastnet.client_poll(p->client, &event))
            take_client_event(p, &event);
        else if (p->server && fastnet.server_poll(p->server, &event))
            take_server_event(p, &event);
        else
            break;
    }
    if (alive)
        p->alive = outer;
    else if (outer)
        *outer = false;
}
