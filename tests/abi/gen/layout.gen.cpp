// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate layout_probe

// Prints where the fields of every struct lie, as JSON, as C++ sees them through its own header.
#include "fastnet/fastnet.hpp"

#include <cstddef>
#include <iostream>

int main()
{
    std::cout << "{";
    std::cout << "\"FastNetEvent\": {\"size\": " << sizeof(FastNetEvent);
    std::cout << ", \"type\": " << offsetof(FastNetEvent, type);
    std::cout << ", \"peer_id\": " << offsetof(FastNetEvent, peer_id);
    std::cout << ", \"data_len\": " << offsetof(FastNetEvent, data_len);
    std::cout << ", \"channel\": " << offsetof(FastNetEvent, channel);
    std::cout << ", \"reserved0\": " << offsetof(FastNetEvent, reserved0);
    std::cout << ", \"error_code\": " << offsetof(FastNetEvent, error_code);
    std::cout << ", \"reason\": " << offsetof(FastNetEvent, reason);
    std::cout << ", \"by_peer\": " << offsetof(FastNetEvent, by_peer);
    std::cout << ", \"reserved1\": " << offsetof(FastNetEvent, reserved1);
    std::cout << ", \"timestamp_us\": " << offsetof(FastNetEvent, timestamp_us);
    std::cout << ", \"data\": " << offsetof(FastNetEvent, data);
    std::cout << ", \"user_data\": " << offsetof(FastNetEvent, user_data);
    std::cout << ", \"reserved2\": " << offsetof(FastNetEvent, reserved2);
    std::cout << "}, ";
    std::cout << "\"FastNetStats\": {\"size\": " << sizeof(FastNetStats);
    std::cout << ", \"struct_size\": " << offsetof(FastNetStats, struct_size);
    std::cout << ", \"rtt_us\": " << offsetof(FastNetStats, rtt_us);
    std::cout << ", \"rtt_min_us\": " << offsetof(FastNetStats, rtt_min_us);
    std::cout << ", \"rtt_var_us\": " << offsetof(FastNetStats, rtt_var_us);
    std::cout << ", \"send_queue_bytes\": " << offsetof(FastNetStats, send_queue_bytes);
    std::cout << ", \"recv_queue_bytes\": " << offsetof(FastNetStats, recv_queue_bytes);
    std::cout << ", \"uptime_us\": " << offsetof(FastNetStats, uptime_us);
    std::cout << ", \"bytes_sent\": " << offsetof(FastNetStats, bytes_sent);
    std::cout << ", \"bytes_received\": " << offsetof(FastNetStats, bytes_received);
    std::cout << ", \"packets_sent\": " << offsetof(FastNetStats, packets_sent);
    std::cout << ", \"packets_received\": " << offsetof(FastNetStats, packets_received);
    std::cout << ", \"packets_lost\": " << offsetof(FastNetStats, packets_lost);
    std::cout << ", \"packets_dropped\": " << offsetof(FastNetStats, packets_dropped);
    std::cout << ", \"retransmissions\": " << offsetof(FastNetStats, retransmissions);
    std::cout << ", \"messages_sent\": " << offsetof(FastNetStats, messages_sent);
    std::cout << ", \"messages_received\": " << offsetof(FastNetStats, messages_received);
    std::cout << ", \"messages_dropped\": " << offsetof(FastNetStats, messages_dropped);
    std::cout << "}, ";
    std::cout << "\"FastNetClientConfig\": {\"size\": " << sizeof(FastNetClientConfig);
    std::cout << ", \"struct_size\": " << offsetof(FastNetClientConfig, struct_size);
    std::cout << ", \"flags\": " << offsetof(FastNetClientConfig, flags);
    std::cout << ", \"io_mode\": " << offsetof(FastNetClientConfig, io_mode);
    std::cout << ", \"idle_policy\": " << offsetof(FastNetClientConfig, idle_policy);
    std::cout << ", \"tick_us\": " << offsetof(FastNetClientConfig, tick_us);
    std::cout << ", \"spin_ns\": " << offsetof(FastNetClientConfig, spin_ns);
    std::cout << ", \"open_timeout_ms\": " << offsetof(FastNetClientConfig, open_timeout_ms);
    std::cout << ", \"idle_timeout_ms\": " << offsetof(FastNetClientConfig, idle_timeout_ms);
    std::cout << ", \"keepalive_ms\": " << offsetof(FastNetClientConfig, keepalive_ms);
    std::cout << ", \"linger_ms\": " << offsetof(FastNetClientConfig, linger_ms);
    std::cout << ", \"max_reliable_message\": " << offsetof(FastNetClientConfig, max_reliable_message);
    std::cout << ", \"max_unreliable_message\": " << offsetof(FastNetClientConfig, max_unreliable_message);
    std::cout << ", \"send_queue_bytes\": " << offsetof(FastNetClientConfig, send_queue_bytes);
    std::cout << ", \"ring_bytes\": " << offsetof(FastNetClientConfig, ring_bytes);
    std::cout << ", \"ca_pem_len\": " << offsetof(FastNetClientConfig, ca_pem_len);
    std::cout << ", \"pin_count\": " << offsetof(FastNetClientConfig, pin_count);
    std::cout << ", \"token_len\": " << offsetof(FastNetClientConfig, token_len);
    std::cout << ", \"port\": " << offsetof(FastNetClientConfig, port);
    std::cout << ", \"reserved0\": " << offsetof(FastNetClientConfig, reserved0);
    std::cout << ", \"app_id\": " << offsetof(FastNetClientConfig, app_id);
    std::cout << ", \"host\": " << offsetof(FastNetClientConfig, host);
    std::cout << ", \"server_name\": " << offsetof(FastNetClientConfig, server_name);
    std::cout << ", \"ca_path\": " << offsetof(FastNetClientConfig, ca_path);
    std::cout << ", \"ca_pem\": " << offsetof(FastNetClientConfig, ca_pem);
    std::cout << ", \"pins\": " << offsetof(FastNetClientConfig, pins);
    std::cout << ", \"token\": " << offsetof(FastNetClientConfig, token);
    std::cout << ", \"user_data\": " << offsetof(FastNetClientConfig, user_data);
    std::cout << ", \"reserved1\": " << offsetof(FastNetClientConfig, reserved1);
    std::cout << "}, ";
    std::cout << "\"FastNetServerConfig\": {\"size\": " << sizeof(FastNetServerConfig);
    std::cout << ", \"struct_size\": " << offsetof(FastNetServerConfig, struct_size);
    std::cout << ", \"flags\": " << offsetof(FastNetServerConfig, flags);
    std::cout << ", \"io_mode\": " << offsetof(FastNetServerConfig, io_mode);
    std::cout << ", \"idle_policy\": " << offsetof(FastNetServerConfig, idle_policy);
    std::cout << ", \"tick_us\": " << offsetof(FastNetServerConfig, tick_us);
    std::cout << ", \"spin_ns\": " << offsetof(FastNetServerConfig, spin_ns);
    std::cout << ", \"peers_max\": " << offsetof(FastNetServerConfig, peers_max);
    std::cout << ", \"handshake_timeout_ms\": " << offsetof(FastNetServerConfig, handshake_timeout_ms);
    std::cout << ", \"idle_timeout_ms\": " << offsetof(FastNetServerConfig, idle_timeout_ms);
    std::cout << ", \"keepalive_ms\": " << offsetof(FastNetServerConfig, keepalive_ms);
    std::cout << ", \"linger_ms\": " << offsetof(FastNetServerConfig, linger_ms);
    std::cout << ", \"max_reliable_message\": " << offsetof(FastNetServerConfig, max_reliable_message);
    std::cout << ", \"max_unreliable_message\": " << offsetof(FastNetServerConfig, max_unreliable_message);
    std::cout << ", \"send_queue_bytes\": " << offsetof(FastNetServerConfig, send_queue_bytes);
    std::cout << ", \"ring_bytes\": " << offsetof(FastNetServerConfig, ring_bytes);
    std::cout << ", \"cert_pem_len\": " << offsetof(FastNetServerConfig, cert_pem_len);
    std::cout << ", \"key_pem_len\": " << offsetof(FastNetServerConfig, key_pem_len);
    std::cout << ", \"udp_port\": " << offsetof(FastNetServerConfig, udp_port);
    std::cout << ", \"tcp_port\": " << offsetof(FastNetServerConfig, tcp_port);
    std::cout << ", \"app_id\": " << offsetof(FastNetServerConfig, app_id);
    std::cout << ", \"bind_address\": " << offsetof(FastNetServerConfig, bind_address);
    std::cout << ", \"cert_path\": " << offsetof(FastNetServerConfig, cert_path);
    std::cout << ", \"key_path\": " << offsetof(FastNetServerConfig, key_path);
    std::cout << ", \"cert_pem\": " << offsetof(FastNetServerConfig, cert_pem);
    std::cout << ", \"key_pem\": " << offsetof(FastNetServerConfig, key_pem);
    std::cout << ", \"user_data\": " << offsetof(FastNetServerConfig, user_data);
    std::cout << "}";
    std::cout << "}\n";
    return 0;
}
