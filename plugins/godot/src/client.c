/* FastNetClient: one connection to a server. Every method has the shape of bind.h. */
#include "classes.gen.h"
#include "classes.h"

#include <stdio.h>

typedef struct client {
    GDExtensionObjectPtr object;
    FastNetClient handle; /* NULL: none */
    bool *alive;          /* of a poll that is under way: the application may free us in a signal */
    char error[ERROR_BYTES];
} client;

static const char no_connection[] = "there is no connection; call connect_to_server() first";

static void made(void *self, GDExtensionObjectPtr object) {
    ((client *)self)->object = object;
}

static void drop(client *c) {
    if (c->handle)
        fastnet.client_disconnect(c->handle);
    c->handle = NULL;
}

static void ended(void *self) {
    client *c = self;
    if (c->alive)
        *c->alive = false;
    drop(c);
}

static bool has_handle(client *c) {
    if (!c->handle)
        snprintf(c->error, sizeof c->error, "%s", no_connection);
    return c->handle != NULL;
}

void gd_client_connect_to_server(void *self, const void *const *arguments, void *result) {
    client *c = self;
    drop(c);
    give_number(result, open_client(&c->handle, arguments[0], number_at(arguments, 1), arguments[2], c->error));
}

void gd_client_poll(void *self, const void *const *arguments, void *result) {
    (void)arguments, (void)result;
    client *c = self;
    bool alive = true, *outer = c->alive;
    FastNetEvent event;
    c->alive = &alive;
    while (alive && c->handle && fastnet.client_poll(c->handle, &event))
        emit_event(c->object, &event);
    if (alive)
        c->alive = outer;
    else if (outer)
        *outer = false;
}

void gd_client_send(void *self, const void *const *arguments, void *result) {
    client *c = self;
    const gd_bytes *bytes = arguments[1];
    if (!has_handle(c)) {
        give_number(result, GD_ERR_UNCONFIGURED);
        return;
    }
    FastNetChannel channel = channel_of(number_at(arguments, 0));
    FastNetResult sent = fastnet.client_send(c->handle, channel, gd_bytes_data(bytes), message_length(bytes));
    give_number(result, keep_error(c->error, sizeof c->error, sent));
}

void gd_client_flush(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    client *c = self;
    gd_error code = GD_ERR_UNCONFIGURED;
    if (has_handle(c))
        code = keep_error(c->error, sizeof c->error, fastnet.client_flush(c->handle));
    give_number(result, code);
}

void gd_client_close(void *self, const void *const *arguments, void *result) {
    (void)result;
    client *c = self;
    if (!c->handle)
        return;
    options kept = {.count = 0};
    int64_t code = number_at(arguments, 0);
    const char *message = options_text(&kept, arguments[1]);
    FastNetResult closed = fastnet.client_close(c->handle, code < 0 || code > 2999 ? 3000 : (uint32_t)code, message);
    if (keep_error(c->error, sizeof c->error, closed) != GD_OK && closed != FASTNET_ERROR_CLOSED)
        gd_print_error(c->error);
    options_end(&kept);
}

void gd_client_get_state(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    client *c = self;
    give_number(result, c->handle ? fastnet.client_state(c->handle) : FASTNET_STATE_CLOSED);
}

void gd_client_get_peer_id(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    client *c = self;
    give_number(result, c->handle ? fastnet.client_peer_id(c->handle) : 0);
}

void gd_client_get_rtt_ms(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    client *c = self;
    give_real(result, c->handle ? (double)fastnet.client_rtt_us(c->handle) / 1e3 : 0);
}

void gd_client_get_max_message_size(void *self, const void *const *arguments, void *result) {
    client *c = self;
    give_number(result, c->handle ? fastnet.client_max_message(c->handle, channel_of(number_at(arguments, 0))) : 0);
}

void gd_client_get_stats(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    client *c = self;
    FastNetStats stats = {.struct_size = sizeof stats};
    if (c->handle && fastnet.client_stats(c->handle, &stats) == FASTNET_OK)
        stats_to(result, &stats);
}

void gd_client_get_last_error_text(void *self, const void *const *arguments, void *result) {
    (void)arguments;
    give_text(result, ((client *)self)->error);
}

const gd_class gd_client_class = {
    .name = "FastNetClient",
    .base = "RefCounted",
    .size = sizeof(client),
    .made = made,
    .ended = ended,
    .methods = gd_client_methods,
    .method_count = GD_CLIENT_METHODS,
    .signals = gd_client_signals,
    .signal_count = GD_CLIENT_SIGNALS,
    .constants = gd_client_constants,
    .constant_count = GD_CLIENT_CONSTANTS,
};
