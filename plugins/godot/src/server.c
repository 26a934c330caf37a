/* FastNetServer: many clients. Every method has the shape of bind.h. */
#include "classes.gen.h"
#include "classes.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct server {
    GDExtensionObjectPtr object;
    FastNetServer handle; /* NULL: none */
    bool *alive;          /* of a poll that is under way: the application may free us in a signal */
    char error[ERROR_BYTES];
} server;

static const char not_listening[] = "the server is not listening; call listen() first";

static void made(void *self, GDExtensionObjectPtr object) {
    ((server *)self)->object = object;
}

static void drop(server *s) {
    if (s->handle)
        fastnet.server_destroy(s->handle);
    s->handle = NULL;
}

static void ended(void *self) {
    server *s = self;
    if (s->alive)
        *s->alive = false;
    drop(s);
}

static bool has_handle(server *s) {
    if (!s->handle)
        snprintf(s->error, sizeof s->error, "%s", not_listening);
    return s->handle != NULL;
}

static void give_result(server *s, void *result, FastNetResult given) {
    give_number(result, keep_error(s->error, sizeof s->error, given));
}

void gd_server_listen(void *self, const void *const *arguments, void *result) {
    server *s = self;
    drop(s);
    int64_t udp_port = number_at(arguments, 0), tcp_port = number_at(arguments, 1);
    give_number(result, open_server(&s->handle, udp_port, tcp_port, arguments[2], s->error, NULL));
}

void gd_server_poll(void *self, const void *const *arguments, void *result) {
    (void)arguments, (void)result;
    server *s = self;
    bool alive = true, *outer = s->alive;
    FastNetEvent event;
    s->alive = &alive;
    while (alive && s->handle && fastnet.server_poll(s->handle, &event))
        emit_event(s->object, &event);
    if (alive)
        s->alive = outer;
    else if (outer)
        *outer = false;
}

void gd_server_send(void *self, const void *const *arguments, void *result) {
    server *s = self;
    const gd_bytes *bytes = arguments[2];
    if (!has_handle(s)) {
        give_number(result, GD_ERR_UNCONFIGURED);
        return;
    }
    FastNetPeerId peer = peer_id_of(number_at(arguments, 0));
    FastNetChannel channel = channel_of(number_at(arguments, 1));
    give_result(s, result, fastnet.server_send(s->handle, peer, channel, gd_bytes_data(bytes), message_length(bytes)));
}

void gd_server_broadcast(void *self, const void *const *arguments, void *result) {
    server *s = self;
    const gd_bytes *bytes = arguments[1];
    if (!has_handle(s)) {
        give_number(result, GD_ERR_UNCONFIGURED);
        return;
    }
    FastNetChannel channel = channel_of(number_at(arguments, 0));
    FastNetPeerId except = peer_id_of(number_at(arguments, 2));
    uint32_t length = message_length(bytes);
    give_result(s, result, fastnet.server_broadcast(s->handle, except, channel, gd_bytes_data(bytes), length));
}

void gd_server_flush(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    server *s = self;
    if (has_handle(s))
        give_result(s, result, fastnet.server_flush(s->handle));
    else
        give_number(result, GD_ERR_UNCONFIGURED);
}

void gd_server_disconnect_peer(void *self, const void *const *arguments, void *result) {
    server *s = self;
    if (!has_handle(s)) {
        give_number(result, GD_ERR_UNCONFIGURED);
        return;
    }
    options kept = {.count = 0};
    int64_t code = number_at(arguments, 1);
    const char *message = options_text(&kept, arguments[2]);
    uint32_t narrow = code < 0 || code > 2999 ? 3000 : (uint32_t)code; /* 3000 is refused, with a text */
    FastNetPeerId peer = peer_id_of(number_at(arguments, 0));
    give_result(s, result, fastnet.server_disconnect_peer(s->handle, peer, narrow, message));
    options_end(&kept);
}

void gd_server_close(void *self, const void *const *arguments, void *result) {
    (void)arguments, (void)result;
    drop(self);
}

void gd_server_get_peers(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    server *s = self;
    uint32_t room = s->handle ? fastnet.server_peers(s->handle, NULL, 0) : 0;
    FastNetPeerId *ids = room ? calloc(room, sizeof *ids) : NULL;
    if (!ids)
        return;
    uint32_t count = fastnet.server_peers(s->handle, ids, room);
    count = count < room ? count : room;
    gd_integers_resize(result, count);
    for (uint32_t i = 0; i < count; i++)
        *gd.packed_int64_array_operator_index(result, i) = ids[i];
    free(ids);
}

void gd_server_get_peer_state(void *self, const void *const *arguments, void *result) {
    server *s = self;
    FastNetPeerId peer = peer_id_of(number_at(arguments, 0));
    give_number(result, s->handle ? fastnet.server_peer_state(s->handle, peer) : FASTNET_STATE_CLOSED);
}

void gd_server_get_peer_address(void *self, const void *const *arguments, void *result) {
    server *s = self;
    char text[128] = "";
    if (s->handle)
        fastnet.server_peer_address(s->handle, peer_id_of(number_at(arguments, 0)), text, sizeof text);
    give_text(result, text);
}

void gd_server_get_peer_rtt_ms(void *self, const void *const *arguments, void *result) {
    server *s = self;
    FastNetPeerId peer = peer_id_of(number_at(arguments, 0));
    give_real(result, s->handle ? (double)fastnet.server_peer_rtt_us(s->handle, peer) / 1e3 : 0);
}

void gd_server_get_peer_stats(void *self, const void *const *arguments, void *result) {
    server *s = self;
    FastNetStats stats = {.struct_size = sizeof stats};
    FastNetPeerId peer = peer_id_of(number_at(arguments, 0));
    if (s->handle && fastnet.server_peer_stats(s->handle, peer, &stats) == FASTNET_OK)
        stats_to(result, &stats);
}

void gd_server_get_stats(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    server *s = self;
    FastNetStats stats = {.struct_size = sizeof stats};
    if (s->handle && fastnet.server_stats(s->handle, &stats) == FASTNET_OK)
        stats_to(result, &stats);
}

void gd_server_get_udp_port(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    server *s = self;
    give_number(result, s->handle ? fastnet.server_udp_port(s->handle) : 0);
}

void gd_server_get_tcp_port(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    server *s = self;
    give_number(result, s->handle ? fastnet.server_tcp_port(s->handle) : 0);
}

void gd_server_get_last_error_text(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    give_text(result, ((server *)self)->error);
}

const gd_class gd_server_class = {
    .name = "FastNetServer",
    .base = "RefCounted",
    .size = sizeof(server),
    .made = made,
    .ended = ended,
    .methods = gd_server_methods,
    .method_count = GD_SERVER_METHODS,
    .signals = gd_server_signals,
    .signal_count = GD_SERVER_SIGNALS,
    .constants = gd_server_constants,
    .constant_count = GD_SERVER_CONSTANTS,
};
