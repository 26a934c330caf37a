/* Printed by fastnet-codegen from codegen/api. */
/* Do not edit: change the description, or the template, and print again. */
/* To renew it: fastnet-codegen generate layout_probe */

/* Compiles where structs lie as the lock says: 64 bits, 32 bits, and 32 bits with u64 aligned to 4 (i386 Linux). */
#include "fastnet/fastnet.h"

#include <stddef.h>

struct probe_u64 {
    char first;
    uint64_t second;
};
#define PICK(lp64, ilp32, ilp32_4) \
    (sizeof(void *) == 8 ? (lp64) : offsetof(struct probe_u64, second) == 8 ? (ilp32) : (ilp32_4))
#ifdef __cplusplus
#define ASSERT(condition, text) static_assert(condition, text)
#else
#define ASSERT(condition, text) _Static_assert(condition, text)
#endif

ASSERT(sizeof(FastNetEvent) == PICK(72, 56, 56), "size of FastNetEvent");
ASSERT(offsetof(FastNetEvent, type) == PICK(0, 0, 0), "FastNetEvent.type");
ASSERT(offsetof(FastNetEvent, peer_id) == PICK(4, 4, 4), "FastNetEvent.peer_id");
ASSERT(offsetof(FastNetEvent, data_len) == PICK(8, 8, 8), "FastNetEvent.data_len");
ASSERT(offsetof(FastNetEvent, channel) == PICK(12, 12, 12), "FastNetEvent.channel");
ASSERT(offsetof(FastNetEvent, reserved0) == PICK(13, 13, 13), "FastNetEvent.reserved0");
ASSERT(offsetof(FastNetEvent, error_code) == PICK(16, 16, 16), "FastNetEvent.error_code");
ASSERT(offsetof(FastNetEvent, reason) == PICK(20, 20, 20), "FastNetEvent.reason");
ASSERT(offsetof(FastNetEvent, by_peer) == PICK(24, 24, 24), "FastNetEvent.by_peer");
ASSERT(offsetof(FastNetEvent, reserved1) == PICK(28, 28, 28), "FastNetEvent.reserved1");
ASSERT(offsetof(FastNetEvent, timestamp_us) == PICK(32, 32, 32), "FastNetEvent.timestamp_us");
ASSERT(offsetof(FastNetEvent, data) == PICK(40, 40, 40), "FastNetEvent.data");
ASSERT(offsetof(FastNetEvent, user_data) == PICK(48, 44, 44), "FastNetEvent.user_data");
ASSERT(offsetof(FastNetEvent, reserved2) == PICK(56, 48, 48), "FastNetEvent.reserved2");

ASSERT(sizeof(FastNetStats) == PICK(112, 112, 112), "size of FastNetStats");
ASSERT(offsetof(FastNetStats, struct_size) == PICK(0, 0, 0), "FastNetStats.struct_size");
ASSERT(offsetof(FastNetStats, rtt_us) == PICK(4, 4, 4), "FastNetStats.rtt_us");
ASSERT(offsetof(FastNetStats, rtt_min_us) == PICK(8, 8, 8), "FastNetStats.rtt_min_us");
ASSERT(offsetof(FastNetStats, rtt_var_us) == PICK(12, 12, 12), "FastNetStats.rtt_var_us");
ASSERT(offsetof(FastNetStats, send_queue_bytes) == PICK(16, 16, 16), "FastNetStats.send_queue_bytes");
ASSERT(offsetof(FastNetStats, recv_queue_bytes) == PICK(20, 20, 20), "FastNetStats.recv_queue_bytes");
ASSERT(offsetof(FastNetStats, uptime_us) == PICK(24, 24, 24), "FastNetStats.uptime_us");
ASSERT(offsetof(FastNetStats, bytes_sent) == PICK(32, 32, 32), "FastNetStats.bytes_sent");
ASSERT(offsetof(FastNetStats, bytes_received) == PICK(40, 40, 40), "FastNetStats.bytes_received");
ASSERT(offsetof(FastNetStats, packets_sent) == PICK(48, 48, 48), "FastNetStats.packets_sent");
ASSERT(offsetof(FastNetStats, packets_received) == PICK(56, 56, 56), "FastNetStats.packets_received");
ASSERT(offsetof(FastNetStats, packets_lost) == PICK(64, 64, 64), "FastNetStats.packets_lost");
ASSERT(offsetof(FastNetStats, packets_dropped) == PICK(72, 72, 72), "FastNetStats.packets_dropped");
ASSERT(offsetof(FastNetStats, retransmissions) == PICK(80, 80, 80), "FastNetStats.retransmissions");
ASSERT(offsetof(FastNetStats, messages_sent) == PICK(88, 88, 88), "FastNetStats.messages_sent");
ASSERT(offsetof(FastNetStats, messages_received) == PICK(96, 96, 96), "FastNetStats.messages_received");
ASSERT(offsetof(FastNetStats, messages_dropped) == PICK(104, 104, 104), "FastNetStats.messages_dropped");

ASSERT(sizeof(FastNetClientConfig) == PICK(144, 112, 112), "size of FastNetClientConfig");
ASSERT(offsetof(FastNetClientConfig, struct_size) == PICK(0, 0, 0), "FastNetClientConfig.struct_size");
ASSERT(offsetof(FastNetClientConfig, flags) == PICK(4, 4, 4), "FastNetClientConfig.flags");
ASSERT(offsetof(FastNetClientConfig, io_mode) == PICK(8, 8, 8), "FastNetClientConfig.io_mode");
ASSERT(offsetof(FastNetClientConfig, idle_policy) == PICK(12, 12, 12), "FastNetClientConfig.idle_policy");
ASSERT(offsetof(FastNetClientConfig, tick_us) == PICK(16, 16, 16), "FastNetClientConfig.tick_us");
ASSERT(offsetof(FastNetClientConfig, spin_ns) == PICK(20, 20, 20), "FastNetClientConfig.spin_ns");
ASSERT(offsetof(FastNetClientConfig, open_timeout_ms) == PICK(24, 24, 24), "FastNetClientConfig.open_timeout_ms");
ASSERT(offsetof(FastNetClientConfig, idle_timeout_ms) == PICK(28, 28, 28), "FastNetClientConfig.idle_timeout_ms");
ASSERT(offsetof(FastNetClientConfig, keepalive_ms) == PICK(32, 32, 32), "FastNetClientConfig.keepalive_ms");
ASSERT(offsetof(FastNetClientConfig, linger_ms) == PICK(36, 36, 36), "FastNetClientConfig.linger_ms");
ASSERT(offsetof(FastNetClientConfig, max_reliable_message) == PICK(40, 40, 40), "FastNetClientConfig.max_reliable_message");
ASSERT(offsetof(FastNetClientConfig, max_unreliable_message) == PICK(44, 44, 44), "FastNetClientConfig.max_unreliable_message");
ASSERT(offsetof(FastNetClientConfig, send_queue_bytes) == PICK(48, 48, 48), "FastNetClientConfig.send_queue_bytes");
ASSERT(offsetof(FastNetClientConfig, ring_bytes) == PICK(52, 52, 52), "FastNetClientConfig.ring_bytes");
ASSERT(offsetof(FastNetClientConfig, ca_pem_len) == PICK(56, 56, 56), "FastNetClientConfig.ca_pem_len");
ASSERT(offsetof(FastNetClientConfig, pin_count) == PICK(60, 60, 60), "FastNetClientConfig.pin_count");
ASSERT(offsetof(FastNetClientConfig, token_len) == PICK(64, 64, 64), "FastNetClientConfig.token_len");
ASSERT(offsetof(FastNetClientConfig, port) == PICK(68, 68, 68), "FastNetClientConfig.port");
ASSERT(offsetof(FastNetClientConfig, reserved0) == PICK(70, 70, 70), "FastNetClientConfig.reserved0");
ASSERT(offsetof(FastNetClientConfig, app_id) == PICK(72, 72, 72), "FastNetClientConfig.app_id");
ASSERT(offsetof(FastNetClientConfig, host) == PICK(80, 80, 80), "FastNetClientConfig.host");
ASSERT(offsetof(FastNetClientConfig, server_name) == PICK(88, 84, 84), "FastNetClientConfig.server_name");
ASSERT(offsetof(FastNetClientConfig, ca_path) == PICK(96, 88, 88), "FastNetClientConfig.ca_path");
ASSERT(offsetof(FastNetClientConfig, ca_pem) == PICK(104, 92, 92), "FastNetClientConfig.ca_pem");
ASSERT(offsetof(FastNetClientConfig, pins) == PICK(112, 96, 96), "FastNetClientConfig.pins");
ASSERT(offsetof(FastNetClientConfig, token) == PICK(120, 100, 100), "FastNetClientConfig.token");
ASSERT(offsetof(FastNetClientConfig, user_data) == PICK(128, 104, 104), "FastNetClientConfig.user_data");
ASSERT(offsetof(FastNetClientConfig, reserved1) == PICK(136, 108, 108), "FastNetClientConfig.reserved1");

ASSERT(sizeof(FastNetServerConfig) == PICK(128, 104, 104), "size of FastNetServerConfig");
ASSERT(offsetof(FastNetServerConfig, struct_size) == PICK(0, 0, 0), "FastNetServerConfig.struct_size");
ASSERT(offsetof(FastNetServerConfig, flags) == PICK(4, 4, 4), "FastNetServerConfig.flags");
ASSERT(offsetof(FastNetServerConfig, io_mode) == PICK(8, 8, 8), "FastNetServerConfig.io_mode");
ASSERT(offsetof(FastNetServerConfig, idle_policy) == PICK(12, 12, 12), "FastNetServerConfig.idle_policy");
ASSERT(offsetof(FastNetServerConfig, tick_us) == PICK(16, 16, 16), "FastNetServerConfig.tick_us");
ASSERT(offsetof(FastNetServerConfig, spin_ns) == PICK(20, 20, 20), "FastNetServerConfig.spin_ns");
ASSERT(offsetof(FastNetServerConfig, peers_max) == PICK(24, 24, 24), "FastNetServerConfig.peers_max");
ASSERT(offsetof(FastNetServerConfig, handshake_timeout_ms) == PICK(28, 28, 28), "FastNetServerConfig.handshake_timeout_ms");
ASSERT(offsetof(FastNetServerConfig, idle_timeout_ms) == PICK(32, 32, 32), "FastNetServerConfig.idle_timeout_ms");
ASSERT(offsetof(FastNetServerConfig, keepalive_ms) == PICK(36, 36, 36), "FastNetServerConfig.keepalive_ms");
ASSERT(offsetof(FastNetServerConfig, linger_ms) == PICK(40, 40, 40), "FastNetServerConfig.linger_ms");
ASSERT(offsetof(FastNetServerConfig, max_reliable_message) == PICK(44, 44, 44), "FastNetServerConfig.max_reliable_message");
ASSERT(offsetof(FastNetServerConfig, max_unreliable_message) == PICK(48, 48, 48), "FastNetServerConfig.max_unreliable_message");
ASSERT(offsetof(FastNetServerConfig, send_queue_bytes) == PICK(52, 52, 52), "FastNetServerConfig.send_queue_bytes");
ASSERT(offsetof(FastNetServerConfig, ring_bytes) == PICK(56, 56, 56), "FastNetServerConfig.ring_bytes");
ASSERT(offsetof(FastNetServerConfig, cert_pem_len) == PICK(60, 60, 60), "FastNetServerConfig.cert_pem_len");
ASSERT(offsetof(FastNetServerConfig, key_pem_len) == PICK(64, 64, 64), "FastNetServerConfig.key_pem_len");
ASSERT(offsetof(FastNetServerConfig, udp_port) == PICK(68, 68, 68), "FastNetServerConfig.udp_port");
ASSERT(offsetof(FastNetServerConfig, tcp_port) == PICK(70, 70, 70), "FastNetServerConfig.tcp_port");
ASSERT(offsetof(FastNetServerConfig, app_id) == PICK(72, 72, 72), "FastNetServerConfig.app_id");
ASSERT(offsetof(FastNetServerConfig, bind_address) == PICK(80, 80, 80), "FastNetServerConfig.bind_address");
ASSERT(offsetof(FastNetServerConfig, cert_path) == PICK(88, 84, 84), "FastNetServerConfig.cert_path");
ASSERT(offsetof(FastNetServerConfig, key_path) == PICK(96, 88, 88), "FastNetServerConfig.key_path");
ASSERT(offsetof(FastNetServerConfig, cert_pem) == PICK(104, 92, 92), "FastNetServerConfig.cert_pem");
ASSERT(offsetof(FastNetServerConfig, key_pem) == PICK(112, 96, 96), "FastNetServerConfig.key_pem");
ASSERT(offsetof(FastNetServerConfig, user_data) == PICK(120, 100, 100), "FastNetServerConfig.user_data");
