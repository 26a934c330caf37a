// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate unreal
// The C library's functions as a table: the library is loaded by its full path, so that a missing or damaged one is a
// line in the log and not a crash.
#pragma once

#define FASTNET_NO_STDIO
#include "fastnet/fastnet.h"

struct FFastNetApi
{
	uint32_t (FASTNET_CALL* version)(void);
	const char* (FASTNET_CALL* version_string)(void);
	FastNetResult (FASTNET_CALL* abi_check)(uint32_t revision, uint64_t hash);
	FastNetResult (FASTNET_CALL* init)(uint32_t wait_ms);
	void (FASTNET_CALL* shutdown)(void);
	FastNetResult (FASTNET_CALL* runtime_folder_set)(const char* path);
	uint64_t (FASTNET_CALL* time_us)(void);
	const char* (FASTNET_CALL* result_name)(FastNetResult result);
	const char* (FASTNET_CALL* reason_name)(FastNetReason reason);
	FastNetResult (FASTNET_CALL* last_result)(void);
	const char* (FASTNET_CALL* last_error)(void);
	uint32_t (FASTNET_CALL* last_error_copy)(char* buffer, uint32_t capacity);
	FastNetResult (FASTNET_CALL* log_set)(FastNetLogLevel level, FastNetLogCallback callback, void* user_data);
	FastNetResult (FASTNET_CALL* client_config_init)(FastNetClientConfig* config, uint32_t struct_size);
	FastNetClient (FASTNET_CALL* client_connect)(const char* host, uint16_t port);
	FastNetResult (FASTNET_CALL* client_open)(const FastNetClientConfig* config, FastNetClient* out_client);
	void (FASTNET_CALL* client_disconnect)(FastNetClient client);
	FastNetResult (FASTNET_CALL* client_close)(FastNetClient client, uint32_t close_code, const char* message);
	FastNetBool (FASTNET_CALL* client_poll)(FastNetClient client, FastNetEvent* out_event);
	FastNetResult (FASTNET_CALL* client_wait)(FastNetClient client, uint32_t timeout_ms);
	FastNetResult (FASTNET_CALL* client_wake)(FastNetClient client);
	FastNetResult (FASTNET_CALL* client_send)(FastNetClient client, FastNetChannel channel, const uint8_t* data, uint32_t data_len);
	FastNetResult (FASTNET_CALL* client_flush)(FastNetClient client);
	FastNetState (FASTNET_CALL* client_state)(FastNetClient client);
	FastNetPeerId (FASTNET_CALL* client_peer_id)(FastNetClient client);
	uint64_t (FASTNET_CALL* client_rtt_us)(FastNetClient client);
	uint32_t (FASTNET_CALL* client_max_message)(FastNetClient client, FastNetChannel channel);
	FastNetResult (FASTNET_CALL* client_stats)(FastNetClient client, FastNetStats* stats);
	FastNetResult (FASTNET_CALL* server_config_init)(FastNetServerConfig* config, uint32_t struct_size);
	FastNetServer (FASTNET_CALL* server_create)(uint16_t udp_port, uint16_t tcp_port, const char* cert_path, const char* key_path);
	FastNetResult (FASTNET_CALL* server_open)(const FastNetServerConfig* config, FastNetServer* out_server);
	void (FASTNET_CALL* server_destroy)(FastNetServer server);
	FastNetBool (FASTNET_CALL* server_poll)(FastNetServer server, FastNetEvent* out_event);
	FastNetResult (FASTNET_CALL* server_wait)(FastNetServer server, uint32_t timeout_ms);
	FastNetResult (FASTNET_CALL* server_wake)(FastNetServer server);
	FastNetResult (FASTNET_CALL* server_flush)(FastNetServer server);
	FastNetResult (FASTNET_CALL* server_send)(FastNetServer server, FastNetPeerId peer_id, FastNetChannel channel, const uint8_t* data, uint32_t data_len);
	FastNetResult (FASTNET_CALL* server_broadcast)(FastNetServer server, FastNetPeerId except, FastNetChannel channel, const uint8_t* data, uint32_t data_len);
	FastNetResult (FASTNET_CALL* server_disconnect_peer)(FastNetServer server, FastNetPeerId peer_id, uint32_t close_code, const char* message);
	uint32_t (FASTNET_CALL* server_peer_count)(FastNetServer server);
	uint32_t (FASTNET_CALL* server_peers)(FastNetServer server, FastNetPeerId* buffer, uint32_t capacity);
	FastNetState (FASTNET_CALL* server_peer_state)(FastNetServer server, FastNetPeerId peer_id);
	uint32_t (FASTNET_CALL* server_peer_address)(FastNetServer server, FastNetPeerId peer_id, char* buffer, uint32_t capacity);
	uint64_t (FASTNET_CALL* server_peer_rtt_us)(FastNetServer server, FastNetPeerId peer_id);
	FastNetResult (FASTNET_CALL* server_peer_stats)(FastNetServer server, FastNetPeerId peer_id, FastNetStats* stats);
	FastNetResult (FASTNET_CALL* server_peer_set_user_data)(FastNetServer server, FastNetPeerId peer_id, void* user_data);
	void* (FASTNET_CALL* server_peer_user_data)(FastNetServer server, FastNetPeerId peer_id);
	uint32_t (FASTNET_CALL* server_max_message)(FastNetServer server, FastNetPeerId peer_id, FastNetChannel channel);
	FastNetResult (FASTNET_CALL* server_stats)(FastNetServer server, FastNetStats* stats);
	uint16_t (FASTNET_CALL* server_udp_port)(FastNetServer server);
	uint16_t (FASTNET_CALL* server_tcp_port)(FastNetServer server);
};

/** X(Field, Symbol) for each function. */
#define FASTNET_FUNCTIONS(X) \
	X(version, fastnet_version) \
	X(version_string, fastnet_version_string) \
	X(abi_check, fastnet_abi_check) \
	X(init, fastnet_init) \
	X(shutdown, fastnet_shutdown) \
	X(runtime_folder_set, fastnet_runtime_folder_set) \
	X(time_us, fastnet_time_us) \
	X(result_name, fastnet_result_name) \
	X(reason_name, fastnet_reason_name) \
	X(last_result, fastnet_last_result) \
	X(last_error, fastnet_last_error) \
	X(last_error_copy, fastnet_last_error_copy) \
	X(log_set, fastnet_log_set) \
	X(client_config_init, fastnet_client_config_init) \
	X(client_connect, fastnet_client_connect) \
	X(client_open, fastnet_client_open) \
	X(client_disconnect, fastnet_client_disconnect) \
	X(client_close, fastnet_client_close) \
	X(client_poll, fastnet_client_poll) \
	X(client_wait, fastnet_client_wait) \
	X(client_wake, fastnet_client_wake) \
	X(client_send, fastnet_client_send) \
	X(client_flush, fastnet_client_flush) \
	X(client_state, fastnet_client_state) \
	X(client_peer_id, fastnet_client_peer_id) \
	X(client_rtt_us, fastnet_client_rtt_us) \
	X(client_max_message, fastnet_client_max_message) \
	X(client_stats, fastnet_client_stats) \
	X(server_config_init, fastnet_server_config_init) \
	X(server_create, fastnet_server_create) \
	X(server_open, fastnet_server_open) \
	X(server_destroy, fastnet_server_destroy) \
	X(server_poll, fastnet_server_poll) \
	X(server_wait, fastnet_server_wait) \
	X(server_wake, fastnet_server_wake) \
	X(server_flush, fastnet_server_flush) \
	X(server_send, fastnet_server_send) \
	X(server_broadcast, fastnet_server_broadcast) \
	X(server_disconnect_peer, fastnet_server_disconnect_peer) \
	X(server_peer_count, fastnet_server_peer_count) \
	X(server_peers, fastnet_server_peers) \
	X(server_peer_state, fastnet_server_peer_state) \
	X(server_peer_address, fastnet_server_peer_address) \
	X(server_peer_rtt_us, fastnet_server_peer_rtt_us) \
	X(server_peer_stats, fastnet_server_peer_stats) \
	X(server_peer_set_user_data, fastnet_server_peer_set_user_data) \
	X(server_peer_user_data, fastnet_server_peer_user_data) \
	X(server_max_message, fastnet_server_max_message) \
	X(server_stats, fastnet_server_stats) \
	X(server_udp_port, fastnet_server_udp_port) \
	X(server_tcp_port, fastnet_server_tcp_port)
