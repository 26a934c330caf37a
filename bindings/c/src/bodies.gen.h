/* Printed by fastnet-codegen from codegen/api. */
/* Do not edit: change the description, or the template, and print again. */
/* To renew it: fastnet-codegen generate c_shim */

/* What the exported functions call: prototypes of the bodies that are written by hand, and what is printed beside them.
 * A body that is missing does not link, one of another type does not compile. shim.h has the rules. */
#ifndef FASTNET_BODIES_GEN_H
#define FASTNET_BODIES_GEN_H

#include "shim.h"

/* Written by hand. */
uint32_t fn_version(void);
const char* fn_version_string(void);
FastNetResult fn_abi_check(uint32_t revision, uint64_t hash);
FastNetResult fn_init(uint32_t wait_ms);
void fn_shutdown(void);
FastNetResult fn_runtime_folder_set(const char* path);
uint64_t fn_time_us(void);
const char* fn_result_name(FastNetResult result);
const char* fn_reason_name(FastNetReason reason);
FastNetResult fn_last_result(void);
const char* fn_last_error(void);
uint32_t fn_last_error_copy(char* buffer, uint32_t capacity);
FastNetResult fn_log_set(FastNetLogLevel level, FastNetLogCallback callback, void* user_data);
FastNetResult fn_client_config_init(FastNetClientConfig* config, uint32_t struct_size);
FastNetClient fn_client_connect(const char* host, uint16_t port);
FastNetResult fn_client_open(const FastNetClientConfig* config, FastNetClient* out_client);
void fn_client_disconnect(fn_session *session);
FastNetResult fn_client_close(fn_session *session, uint32_t close_code, const char* message);
FastNetBool fn_client_poll(fn_session *session, FastNetEvent* out_event);
FastNetResult fn_client_wait(fn_session *session, uint32_t timeout_ms);
FastNetResult fn_client_wake(fn_session *session);
FastNetResult fn_client_send(fn_session *session, FastNetChannel channel, const uint8_t* data, uint32_t data_len);
FastNetResult fn_client_flush(fn_session *session);
FastNetState fn_client_state(fn_session *session);
FastNetPeerId fn_client_peer_id(fn_session *session);
uint64_t fn_client_rtt_us(fn_session *session);
uint32_t fn_client_max_message(fn_session *session, FastNetChannel channel);
FastNetResult fn_client_stats(fn_session *session, FastNetStats* stats);
FastNetResult fn_server_config_init(FastNetServerConfig* config, uint32_t struct_size);
FastNetServer fn_server_create(uint16_t udp_port, uint16_t tcp_port, const char* cert_path, const char* key_path);
FastNetResult fn_server_open(const FastNetServerConfig* config, FastNetServer* out_server);
void fn_server_destroy(fn_session *session);
FastNetBool fn_server_poll(fn_session *session, FastNetEvent* out_event);
FastNetResult fn_server_wait(fn_session *session, uint32_t timeout_ms);
FastNetResult fn_server_wake(fn_session *session);
FastNetResult fn_server_flush(fn_session *session);
FastNetResult fn_server_send(fn_session *session, FastNetPeerId peer_id, FastNetChannel channel, const uint8_t* data,
    uint32_t data_len);
FastNetResult fn_server_broadcast(fn_session *session, FastNetPeerId except, FastNetChannel channel,
    const uint8_t* data, uint32_t data_len);
FastNetResult fn_server_disconnect_peer(fn_session *session, FastNetPeerId peer_id, uint32_t close_code,
    const char* message);
uint32_t fn_server_peer_count(fn_session *session);
uint32_t fn_server_peers(fn_session *session, FastNetPeerId* buffer, uint32_t capacity);
FastNetState fn_server_peer_state(fn_session *session, FastNetPeerId peer_id);
uint32_t fn_server_peer_address(fn_session *session, FastNetPeerId peer_id, char* buffer, uint32_t capacity);
uint64_t fn_server_peer_rtt_us(fn_session *session, FastNetPeerId peer_id);
FastNetResult fn_server_peer_stats(fn_session *session, FastNetPeerId peer_id, FastNetStats* stats);
FastNetResult fn_server_peer_set_user_data(fn_session *session, FastNetPeerId peer_id, void* user_data);
void* fn_server_peer_user_data(fn_session *session, FastNetPeerId peer_id);
uint32_t fn_server_max_message(fn_session *session, FastNetPeerId peer_id, FastNetChannel channel);
FastNetResult fn_server_stats(fn_session *session, FastNetStats* stats);
uint16_t fn_server_udp_port(fn_session *session);
uint16_t fn_server_tcp_port(fn_session *session);

/* Printed in abi.gen.c. A copy is one calloc'ed block with all that the struct points at; NULL: memory is out. */
FastNetClientConfig *fn_client_config_copy(const FastNetClientConfig *full);
FastNetServerConfig *fn_server_config_copy(const FastNetServerConfig *full);
const char *fn_name_of_result(FastNetResult result); /* never NULL */
const char *fn_name_of_reason(FastNetReason reason); /* never NULL */
FastNetResult fn_result_of_reason(FastNetReason reason);
uint64_t fn_abi_hash(uint32_t revision); /* what a revision had; 0 if this library does not know it */

#endif
