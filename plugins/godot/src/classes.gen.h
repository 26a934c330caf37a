/* Printed by fastnet-codegen from codegen/api. */
/* Do not edit: change the description, or the template, and print again. */
/* To renew it: fastnet-codegen generate godot */
/* The methods that are written by hand, and the tables that name them. See bind.h for their shape. */
#ifndef FASTNET_GODOT_CLASSES_H
#define FASTNET_GODOT_CLASSES_H

#include "bind.h"

void gd_client_connect_to_server(void *self, const void *const *arguments, void *result);
void gd_client_poll(void *self, const void *const *arguments, void *result);
void gd_client_send(void *self, const void *const *arguments, void *result);
void gd_client_flush(void *self, const void *const *arguments, void *result);
void gd_client_close(void *self, const void *const *arguments, void *result);
void gd_client_get_state(void *self, const void *const *arguments, void *result);
void gd_client_get_peer_id(void *self, const void *const *arguments, void *result);
void gd_client_get_rtt_ms(void *self, const void *const *arguments, void *result);
void gd_client_get_max_message_size(void *self, const void *const *arguments, void *result);
void gd_client_get_stats(void *self, const void *const *arguments, void *result);
void gd_client_get_last_error_text(void *self, const void *const *arguments, void *result);
enum { GD_CLIENT_METHODS = 11, GD_CLIENT_SIGNALS = 3, GD_CLIENT_CONSTANTS = 41 };
extern const gd_method gd_client_methods[];
extern const gd_signal gd_client_signals[];
extern const gd_constant gd_client_constants[];

void gd_server_listen(void *self, const void *const *arguments, void *result);
void gd_server_poll(void *self, const void *const *arguments, void *result);
void gd_server_send(void *self, const void *const *arguments, void *result);
void gd_server_broadcast(void *self, const void *const *arguments, void *result);
void gd_server_flush(void *self, const void *const *arguments, void *result);
void gd_server_disconnect_peer(void *self, const void *const *arguments, void *result);
void gd_server_close(void *self, const void *const *arguments, void *result);
void gd_server_get_peers(void *self, const void *const *arguments, void *result);
void gd_server_get_peer_state(void *self, const void *const *arguments, void *result);
void gd_server_get_peer_address(void *self, const void *const *arguments, void *result);
void gd_server_get_peer_rtt_ms(void *self, const void *const *arguments, void *result);
void gd_server_get_peer_stats(void *self, const void *const *arguments, void *result);
void gd_server_get_stats(void *self, const void *const *arguments, void *result);
void gd_server_get_udp_port(void *self, const void *const *arguments, void *result);
void gd_server_get_tcp_port(void *self, const void *const *arguments, void *result);
void gd_server_get_last_error_text(void *self, const void *const *arguments, void *result);
enum { GD_SERVER_METHODS = 16, GD_SERVER_SIGNALS = 3, GD_SERVER_CONSTANTS = 41 };
extern const gd_method gd_server_methods[];
extern const gd_signal gd_server_signals[];
extern const gd_constant gd_server_constants[];

void gd_peer_create_server(void *self, const void *const *arguments, void *result);
void gd_peer_create_client(void *self, const void *const *arguments, void *result);
void gd_peer_set_unordered_transfer_channel(void *self, const void *const *arguments, void *result);
void gd_peer_get_unordered_transfer_channel(void *self, const void *const *arguments, void *result);
void gd_peer_get_peer_rtt_ms(void *self, const void *const *arguments, void *result);
void gd_peer_get_peer_stats(void *self, const void *const *arguments, void *result);
void gd_peer_get_udp_port(void *self, const void *const *arguments, void *result);
void gd_peer_get_tcp_port(void *self, const void *const *arguments, void *result);
void gd_peer_get_last_error_text(void *self, const void *const *arguments, void *result);
enum { GD_PEER_METHODS = 9, GD_PEER_SIGNALS = 0, GD_PEER_CONSTANTS = 0 };
extern const gd_method gd_peer_methods[];
extern const gd_signal gd_peer_signals[];
extern const gd_constant gd_peer_constants[];

/* The help of each class as XML, line by line, ended by NULL. */
extern const char *const gd_help[];

#endif
