/* The classes of the addon, and what their files share. */
#ifndef FASTNET_GODOT_CLASSES_SHARED_H
#define FASTNET_GODOT_CLASSES_SHARED_H

#include "bind.h"
#include "library.h"
#include "options.h"

enum { ERROR_BYTES = 512 };

extern const gd_class gd_client_class, gd_server_class, gd_peer_class;

/* Names that signals are emitted by; made at the start. */
typedef struct signal_names {
    gd_name connected, data_received, disconnected, peer_connected, peer_disconnected;
} signal_names;
extern signal_names names;

/* Emit the signal of an event: connected, data_received or disconnected, each with what it carries. */
void emit_event(GDExtensionObjectPtr object, const FastNetEvent *event);

/* FastNetStats as a Dictionary at `result`, which is an empty one. */
void stats_to(gd_dictionary *result, const FastNetStats *stats);

/* Opens with the options; on failure `error` has the text. The handle is NULL then. */
gd_error open_client(FastNetClient *handle, const gd_string *host, int64_t port, const gd_dictionary *given,
                     char *error);
gd_error open_server(FastNetServer *handle, int64_t udp_port, int64_t tcp_port, const gd_dictionary *given, char *error,
                     void *user_data);

/* The length of a message as the C library counts; what is longer is refused there as too large. */
uint32_t message_length(const gd_bytes *bytes);
/* A peer id or channel as the C library takes it; anything out of range becomes one that no one has. */
FastNetPeerId peer_id_of(int64_t number);
FastNetChannel channel_of(int64_t number);

/* An argument of a method. */
static inline int64_t number_at(const void *const *arguments, int index) {
    return *(const int64_t *)arguments[index];
}

static inline void give_number(void *result, int64_t value) {
    *(int64_t *)result = value;
}

static inline void give_real(void *result, double value) {
    *(double *)result = value;
}

/* The returned String is already made: end it, then overwrite. */
void give_text(void *result, const char *text);

#endif
