/* What Godot's MultiplayerAPI asks of a peer. `arguments` and `result` are raw values, see bind.h. */
#include "peer.h"

#include <stdio.h>
#include <stdlib.h>

#if defined(__GNUC__)
#define MAYBE __attribute__((unused))
#else
#define MAYBE
#endif
#define VIRTUAL(name) static void name(MAYBE void *self, MAYBE const void *const *a, MAYBE void *r)
#define P ((peer *)self)

VIRTUAL(get_packet) {
    const uint8_t **buffer = *(const uint8_t **const *)a[0];
    int32_t *size = *(int32_t *const *)a[1];
    packet *next = P->first;
    free(P->lent);
    P->lent = next;
    *buffer = next ? next->data : NULL;
    *size = next ? next->length : 0;
    give_number(r, next ? GD_OK : GD_ERR_UNAVAILABLE);
    if (!next)
        return;
    P->packet_count--;
    P->first = next->next;
    if (!P->first)
        P->last = NULL;
}

VIRTUAL(put_packet) { give_number(r, peer_send(P, *(const uint8_t *const *)a[0], *(const int64_t *)a[1])); }
VIRTUAL(get_available_packet_count) { give_number(r, P->packet_count); }

/* The largest that every mode takes is the unreliable limit; reliable calls may be larger, so the larger is named. */
VIRTUAL(get_max_packet_size) {
    uint32_t largest = 0;
    if (P->client)
        largest = fastnet.client_max_message(P->client, FASTNET_CHANNEL_RELIABLE_ORDERED);
    else if (P->server)
        largest = fastnet.server_max_message(P->server, 0, FASTNET_CHANNEL_RELIABLE_ORDERED);
    give_number(r, largest > HEADER_MAX ? (int64_t)largest - HEADER_MAX : 0);
}

/* These three tell of the packet that the NEXT _get_packet gives; the engine relays by them. */
VIRTUAL(get_packet_channel) { give_number(r, P->first ? P->first->lane : 0); }
VIRTUAL(get_packet_mode) { give_number(r, P->first ? P->first->mode : RELIABLE); }
VIRTUAL(get_packet_peer) { give_number(r, P->first ? P->first->from : 0); }

VIRTUAL(set_transfer_channel) {
    int64_t lane = *(const int64_t *)a[0];
    if (lane >= 0 && lane < LANES)
        P->lane = (uint8_t)lane;
    else
        gd_print_error("transfer channels are 0 to 63; this one stays as it was");
}

VIRTUAL(get_transfer_channel) { give_number(r, P->lane); }

VIRTUAL(set_transfer_mode) {
    int64_t wanted = *(const int64_t *)a[0];
    P->mode = wanted == UNRELIABLE || wanted == UNRELIABLE_ORDERED ? (mode)wanted : RELIABLE;
}

VIRTUAL(get_transfer_mode) { give_number(r, P->mode); }
VIRTUAL(set_target_peer) { P->target = (int32_t)*(const int64_t *)a[0]; }
VIRTUAL(is_server) { *(uint8_t *)r = P->server != NULL; }
VIRTUAL(get_unique_id) { give_number(r, P->status == CONNECTED ? P->id : 0); }
VIRTUAL(get_connection_status) { give_number(r, P->status); }
VIRTUAL(is_server_relay_supported) { *(uint8_t *)r = 1; }
VIRTUAL(set_refuse_new_connections) { P->refusing = *(const uint8_t *)a[0] != 0; }
VIRTUAL(is_refusing_new_connections) { *(uint8_t *)r = P->refusing; }
VIRTUAL(poll) { peer_poll(P); }
VIRTUAL(close) { peer_drop(P); }

/* Forced: gone at once and without a signal, as ENetMultiplayerPeer does it. */
VIRTUAL(disconnect_peer) {
    member *gone = member_find(P, (int32_t)*(const int64_t *)a[0]);
    bool force = *(const uint8_t *)a[1] != 0;
    if (!gone) {
        gd_print_error("disconnect_peer: no multiplayer peer has this id");
    } else if (P->client) {
        peer_drop(P);
    } else {
        fastnet.server_disconnect_peer(P->server, gone->peer_id, 0, NULL);
        if (force && P->leaving != gone) {
            fastnet.server_peer_set_user_data(P->server, gone->peer_id, P);
            packets_drop(P, gone->id);
            member_remove(P, gone);
        }
    }
}

const gd_virtual gd_peer_virtuals[] = {
    {"_get_packet", get_packet},
    {"_put_packet", put_packet},
    {"_get_available_packet_count", get_available_packet_count},
    {"_get_max_packet_size", get_max_packet_size},
    {"_get_packet_channel", get_packet_channel},
    {"_get_packet_mode", get_packet_mode},
    {"_get_packet_peer", get_packet_peer},
    {"_set_transfer_channel", set_transfer_channel},
    {"_get_transfer_channel", get_transfer_channel},
    {"_set_transfer_mode", set_transfer_mode},
    {"_get_transfer_mode", get_transfer_mode},
    {"_set_target_peer", set_target_peer},
    {"_is_server", is_server},
    {"_poll", poll},
    {"_close", close},
    {"_disconnect_peer", disconnect_peer},
    {"_get_unique_id", get_unique_id},
    {"_get_connection_status", get_connection_status},
    {"_is_server_relay_supported", is_server_relay_supported},
    {"_set_refuse_new_connections", set_refuse_new_connections},
    {"_is_refusing_new_connections", is_refusing_new_connections},
};
_Static_assert(sizeof gd_peer_virtuals / sizeof gd_peer_virtuals[0] == GD_PEER_VIRTUALS, "count them in peer.h");
