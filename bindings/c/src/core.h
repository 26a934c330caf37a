/* The border inside fastnet_core: what C and Python of the core call in each other. core.c boots the interpreter; the
 * file that cffi emits (build_core.py) holds the two ways into Python and is compiled beside it.
 *
 * Rule: an extern "Python" function that never ran returns 0, so both return FN_RAN + value, or a negative result.
 */
#ifndef FASTNET_CORE_H
#define FASTNET_CORE_H

#include "bridge.h"

/* Emitted beside the cffi code: its functions are static. */
int fn_start_cffi(void);
int32_t fn_python_main(fn_bridge *bridge, bool loop);
int32_t fn_python_command(fn_command *command);

/* For Python, by cffi. */
void fn_note_failure(const char *text); /* why the import of the core failed */

static inline const FastNetClientConfig *fn_client_config(const fn_session *session) {
    return session->config.client;
}

static inline const FastNetServerConfig *fn_server_config(const fn_session *session) {
    return session->config.server;
}

static inline fn_kind fn_session_kind(const fn_session *session) {
    return session->kind;
}

static inline uint32_t fn_session_send_queue_bytes(const fn_session *session) {
    return session->send_queue_bytes;
}

static inline uint32_t fn_session_peers_max(const fn_session *session) {
    return session->peers_max;
}

#endif
