/* Printed by fastnet-codegen from codegen/api. */
/* Do not edit: change the description, or the template, and print again. */
/* To renew it: fastnet-codegen generate layout_probe */

/* Prints where the fields of every struct lie, as JSON. */
#include "fastnet/fastnet.h"

#include <stddef.h>
#include <stdio.h>

int main(void)
{
    printf("{");
    printf("\"FastNetEvent\": {\"size\": %lu", (unsigned long)sizeof(FastNetEvent));
    printf(", \"type\": %lu", (unsigned long)offsetof(FastNetEvent, type));
    printf(", \"peer_id\": %lu", (unsigned long)offsetof(FastNetEvent, peer_id));
    printf(", \"data_len\": %lu", (unsigned long)offsetof(FastNetEvent, data_len));
    printf(", \"channel\": %lu", (unsigned long)offsetof(FastNetEvent, channel));
    printf(", \"reserved0\": %lu", (unsigned long)offsetof(FastNetEvent, reserved0));
    printf(", \"error_code\": %lu", (unsigned long)offsetof(FastNetEvent, error_code));
    printf(", \"reason\": %lu", (unsigned long)offsetof(FastNetEvent, reason));
    printf(", \"by_peer\": %lu", (unsigned long)offsetof(FastNetEvent, by_peer));
    printf(", \"reserved1\": %lu", (unsigned long)offsetof(FastNetEvent, reserved1));
    printf(", \"timestamp_us\": %lu", (unsigned long)offsetof(FastNetEvent, timestamp_us));
    printf(", \"data\": %lu", (unsigned long)offsetof(FastNetEvent, data));
    printf(", \"user_data\": %lu", (unsigned long)offsetof(FastNetEvent, user_data));
    printf(", \"reserved2\": %lu", (unsigned long)offsetof(FastNetEvent, reserved2));
    printf("}, ");
    printf("\"FastNetStats\": {\"size\": %lu", (unsigned long)sizeof(FastNetStats));
    printf(", \"struct_size\": %lu", (unsigned long)offsetof(FastNetStats, struct_size));
    printf(", \"rtt_us\": %lu", (unsigned long)offsetof(FastNetStats, rtt_us));
    printf(", \"rtt_min_us\": %lu", (unsigned long)offsetof(FastNetStats, rtt_min_us));
    printf(", \"rtt_var_us\": %lu", (unsigned long)offsetof(FastNetStats, rtt_var_us));
    printf(", \"send_queue_bytes\": %lu", (unsigned long)offsetof(FastNetStats, send_queue_bytes));
    printf(", \"recv_queue_bytes\": %lu", (unsigned long)offsetof(FastNetStats, recv_queue_bytes));
    printf(", \"uptime_us\": %lu", (unsigned long)offsetof(FastNetStats, uptime_us));
    printf(", \"bytes_sent\": %lu", (unsigned long)offsetof(FastNetStats, bytes_sent));
    printf(", \"bytes_received\": %lu", (unsigned long)offsetof(FastNetStats, bytes_received));
    printf(", \"packets_sent\": %lu", (unsigned long)offsetof(FastNetStats, packets_sent));
    printf(", \"packets_received\": %lu", (unsigned long)offsetof(FastNetStats, packets_received));
    printf(", \"packets_lost\": %lu", (unsigned long)offsetof(FastNetStats, packets_lost));
    printf(", \"packets_dropped\": %lu", (unsigned long)offsetof(FastNetStats, packets_dropped));
    printf(", \"retransmissions\": %lu", (unsigned long)offsetof(FastNetStats, retransmissions));
    printf(", \"messages_sent\": %lu", (unsigned long)offsetof(FastNetStats, messages_sent));
    printf(", \"messages_received\": %lu", (unsigned long)offsetof(FastNetStats, messages_received));
    printf(", \"messages_dropped\": %lu", (unsigned long)offsetof(FastNetStats, messages_dropped));
    printf("}, ");
    printf("\"FastNetClientConfig\": {\"size\": %lu", (unsigned long)sizeof(FastNetClientConfig));
    printf(", \"struct_size\": %lu", (unsigned long)offsetof(FastNetClientConfig, struct_size));
    printf(", \"flags\": %lu", (unsigned long)offsetof(FastNetClientConfig, flags));
    printf(", \"io_mode\": %lu", (unsigned long)offsetof(FastNetClientConfig, io_mode));
    printf(", \"idle_policy\": %lu", (unsigned long)offsetof(FastNetClientConfig, idle_policy));
    printf(", \"tick_us\": %lu", (unsigned long)offsetof(FastNetClientConfig, tick_us));
    printf(", \"spin_ns\": %lu", (unsigned long)offsetof(FastNetClientConfig, spin_ns));
    printf(", \"open_timeout_ms\": %lu", (unsigned long)offsetof(FastNetClientConfig, open_timeout_ms));
    printf(", \"idle_timeout_ms\": %lu", (unsigned long)offsetof(FastNetClientConfig, idle_timeout_ms));
    printf(", \"keepalive_ms\": %lu", (unsigned long)offsetof(FastNetClientConfig, keepalive_ms));
    printf(", \"linger_ms\": %lu", (unsigned long)offsetof(FastNetClientConfig, linger_ms));
    printf(", \"max_reliable_message\": %lu", (unsigned long)offsetof(FastNetClientConfig, max_reliable_message));
    printf(", \"max_unreliable_message\": %lu", (unsigned long)offsetof(FastNetClientConfig, max_unreliable_message));
    printf(", \"send_queue_bytes\": %lu", (unsigned long)offsetof(FastNetClientConfig, send_queue_bytes));
    printf(", \"ring_bytes\": %lu", (unsigned long)offsetof(FastNetClientConfig, ring_bytes));
    printf(", \"ca_pem_len\": %lu", (unsigned long)offsetof(FastNetClientConfig, ca_pem_len));
    printf(", \"pin_count\": %lu", (unsigned long)offsetof(FastNetClientConfig, pin_count));
    printf(", \"token_len\": %lu", (unsigned long)offsetof(FastNetClientConfig, token_len));
    printf(", \"port\": %lu", (unsigned long)offsetof(FastNetClientConfig, port));
    printf(", \"reserved0\": %lu", (unsigned long)offsetof(FastNetClientConfig, reserved0));
    printf(", \"app_id\": %lu", (unsigned long)offsetof(FastNetClientConfig, app_id));
    printf(", \"host\": %lu", (unsigned long)offsetof(FastNetClientConfig, host));
    printf(", \"server_name\": %lu", (unsigned long)offsetof(FastNetClientConfig, server_name));
    printf(", \"ca_path\": %lu", (unsigned long)offsetof(FastNetClientConfig, ca_path));
    printf(", \"ca_pem\": %lu", (unsigned long)offsetof(FastNetClientConfig, ca_pem));
    printf(", \"pins\": %lu", (unsigned long)offsetof(FastNetClientConfig, pins));
    printf(", \"token\": %lu", (unsigned long)offsetof(FastNetClientConfig, token));
    printf(", \"user_data\": %lu", (unsigned long)offsetof(FastNetClientConfig, user_data));
    printf(", \"reserved1\": %lu", (unsigned long)offsetof(FastNetClientConfig, reserved1));
    printf("}, ");
    printf("\"FastNetServerConfig\": {\"size\": %lu", (unsigned long)sizeof(FastNetServerConfig));
    printf(", \"struct_size\": %lu", (unsigned long)offsetof(FastNetServerConfig, struct_size));
    printf(", \"flags\": %lu", (unsigned long)offsetof(FastNetServerConfig, flags));
    printf(", \"io_mode\": %lu", (unsigned long)offsetof(FastNetServerConfig, io_mode));
    printf(", \"idle_policy\": %lu", (unsigned long)offsetof(FastNetServerConfig, idle_policy));
    printf(", \"tick_us\": %lu", (unsigned long)offsetof(FastNetServerConfig, tick_us));
    printf(", \"spin_ns\": %lu", (unsigned long)offsetof(FastNetServerConfig, spin_ns));
    printf(", \"peers_max\": %lu", (unsigned long)offsetof(FastNetServerConfig, peers_max));
    printf(", \"handshake_timeout_ms\": %lu", (unsigned long)offsetof(FastNetServerConfig, handshake_timeout_ms));
    printf(", \"idle_timeout_ms\": %lu", (unsigned long)offsetof(FastNetServerConfig, idle_timeout_ms));
    printf(", \"keepalive_ms\": %lu", (unsigned long)offsetof(FastNetServerConfig, keepalive_ms));
    printf(", \"linger_ms\": %lu", (unsigned long)offsetof(FastNetServerConfig, linger_ms));
    printf(", \"max_reliable_message\": %lu", (unsigned long)offsetof(FastNetServerConfig, max_reliable_message));
    printf(", \"max_unreliable_message\": %lu", (unsigned long)offsetof(FastNetServerConfig, max_unreliable_message));
    printf(", \"send_queue_bytes\": %lu", (unsigned long)offsetof(FastNetServerConfig, send_queue_bytes));
    printf(", \"ring_bytes\": %lu", (unsigned long)offsetof(FastNetServerConfig, ring_bytes));
    printf(", \"cert_pem_len\": %lu", (unsigned long)offsetof(FastNetServerConfig, cert_pem_len));
    printf(", \"key_pem_len\": %lu", (unsigned long)offsetof(FastNetServerConfig, key_pem_len));
    printf(", \"udp_port\": %lu", (unsigned long)offsetof(FastNetServerConfig, udp_port));
    printf(", \"tcp_port\": %lu", (unsigned long)offsetof(FastNetServerConfig, tcp_port));
    printf(", \"app_id\": %lu", (unsigned long)offsetof(FastNetServerConfig, app_id));
    printf(", \"bind_address\": %lu", (unsigned long)offsetof(FastNetServerConfig, bind_address));
    printf(", \"cert_path\": %lu", (unsigned long)offsetof(FastNetServerConfig, cert_path));
    printf(", \"key_path\": %lu", (unsigned long)offsetof(FastNetServerConfig, key_path));
    printf(", \"cert_pem\": %lu", (unsigned long)offsetof(FastNetServerConfig, cert_pem));
    printf(", \"key_pem\": %lu", (unsigned long)offsetof(FastNetServerConfig, key_pem));
    printf(", \"user_data\": %lu", (unsigned long)offsetof(FastNetServerConfig, user_data));
    printf("}");
    printf("}\n");
    return 0;
}
