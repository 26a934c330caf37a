/* FastNetMultiplayerPeer: its life and the methods that games call. Every method has the shape of bind.h. */
#include "peer.h"

#include "classes.gen.h"

#include <stdlib.h>

static void made(void *self, GDExtensionObjectPtr object) {
    peer *p = self;
    p->object = object;
    p->mode = RELIABLE;
    p->unordered_lane = -1;
    p->chance = (uint64_t)(uintptr_t)p;
}

void peer_drop(peer *p) {
    if (p->client)
        fastnet.client_disconnect(p->client);
    if (p->server)
        fastnet.server_destroy(p->server);
    p->client = NULL;
    p->server = NULL;
    p->status = DISCONNECTED;
    p->id = 0;
    p->ending = false;
    p->leaving = NULL;
    members_end(p);
    packets_end(p);
}

static void ended(void *self) {
    peer *p = self;
    if (p->alive)
        *p->alive = false;
    peer_drop(p);
    free(p->scratch);
}

void gd_peer_create_server(void *self, const void *const *arguments, void *result) {
    peer *p = self;
    peer_drop(p);
    int64_t udp_port = number_at(arguments, 0), tcp_port = number_at(arguments, 1);
    gd_error code = open_server(&p->server, udp_port, tcp_port, arguments[2], p->error, p);
    if (code == GD_OK) {
        p->chance += fastnet.time_us();
        p->id = SERVER_ID;
        p->status = CONNECTED;
    }
    give_number(result, code);
}

void gd_peer_create_client(void *self, const void *const *arguments, void *result) {
    peer *p = self;
    peer_drop(p);
    gd_error code = open_client(&p->client, arguments[0], number_at(arguments, 1), arguments[2], p->error);
    if (code == GD_OK && !member_add(p, SERVER_ID, 1)) {
        peer_drop(p);
        code = GD_ERR_OUT_OF_MEMORY;
    }
    if (code == GD_OK)
        p->status = CONNECTING; /* The engine refuses a peer that is DISCONNECTED when it is assigned. */
    give_number(result, code);
}

void gd_peer_set_unordered_transfer_channel(void *self, const void *const *arguments, void *result) {
    (void)result;
    int64_t lane = number_at(arguments, 0);
    if (lane >= -1 && lane != 0 && lane < LANES)
        ((peer *)self)->unordered_lane = (int)lane;
    else
        gd_print_error("the unordered transfer channel is one of 1 to 63, or -1 for none; it stays as it was");
}

void gd_peer_get_unordered_transfer_channel(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    give_number(result, ((peer *)self)->unordered_lane);
}

void gd_peer_get_peer_rtt_ms(void *self, const void *const *arguments, void *result) {
    peer *p = self;
    const member *who = member_find(p, (int32_t)number_at(arguments, 0));
    uint64_t rtt_us = 0;
    if (who && p->client)
        rtt_us = fastnet.client_rtt_us(p->client);
    else if (who && p->server)
        rtt_us = fastnet.server_peer_rtt_us(p->server, who->peer_id);
    give_real(result, (double)rtt_us / 1e3);
}

void gd_peer_get_peer_stats(void *self, const void *const *arguments, void *result) {
    peer *p = self;
    const member *who = member_find(p, (int32_t)number_at(arguments, 0));
    FastNetStats stats = {.struct_size = sizeof stats};
    FastNetResult told = FASTNET_ERROR_UNKNOWN_PEER;
    if (who && p->client)
        told = fastnet.client_stats(p->client, &stats);
    else if (who && p->server)
        told = fastnet.server_peer_stats(p->server, who->peer_id, &stats);
    if (told == FASTNET_OK)
        stats_to(result, &stats);
}

void gd_peer_get_udp_port(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    const peer *p = self;
    give_number(result, p->server ? fastnet.server_udp_port(p->server) : 0);
}

void gd_peer_get_tcp_port(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    const peer *p = self;
    give_number(result, p->server ? fastnet.server_tcp_port(p->server) : 0);
}

void gd_peer_get_last_error_text(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    give_text(result, ((peer *)self)->error);
}

const gd_class gd_peer_class = {
    .name = "FastNetMultiplayerPeer",
    .base = "MultiplayerPeerExtension",
    .size = sizeof(peer),
    .made = made,
    .ended = ended,
    .methods = gd_peer_methods,
    .method_count = GD_PEER_METHODS,
    .virtuals = gd_peer_virtuals,
    .virtual_count = GD_PEER_VIRTUALS,
};
