# Printed by fastnet-codegen from codegen/api.
# Do not edit: change the description, or the template, and print again.
# To renew it: fastnet-codegen generate layout_probe
"""Prints where the fields of every struct lie, as JSON, as ctypes sees them."""

import ctypes
import json
import sys

STRUCTS = {
    "FastNetEvent": [
        ("type", ctypes.c_uint32),
        ("peer_id", ctypes.c_uint32),
        ("data_len", ctypes.c_uint32),
        ("channel", ctypes.c_uint8),
        ("reserved0", ctypes.c_uint8 * 3),
        ("error_code", ctypes.c_uint32),
        ("reason", ctypes.c_uint32),
        ("by_peer", ctypes.c_uint32),
        ("reserved1", ctypes.c_uint32),
        ("timestamp_us", ctypes.c_uint64),
        ("data", ctypes.c_void_p),
        ("user_data", ctypes.c_void_p),
        ("reserved2", ctypes.c_void_p * 2),
    ],
    "FastNetStats": [
        ("struct_size", ctypes.c_uint32),
        ("rtt_us", ctypes.c_uint32),
        ("rtt_min_us", ctypes.c_uint32),
        ("rtt_var_us", ctypes.c_uint32),
        ("send_queue_bytes", ctypes.c_uint32),
        ("recv_queue_bytes", ctypes.c_uint32),
        ("uptime_us", ctypes.c_uint64),
        ("bytes_sent", ctypes.c_uint64),
        ("bytes_received", ctypes.c_uint64),
        ("packets_sent", ctypes.c_uint64),
        ("packets_received", ctypes.c_uint64),
        ("packets_lost", ctypes.c_uint64),
        ("packets_dropped", ctypes.c_uint64),
        ("retransmissions", ctypes.c_uint64),
        ("messages_sent", ctypes.c_uint64),
        ("messages_received", ctypes.c_uint64),
        ("messages_dropped", ctypes.c_uint64),
    ],
    "FastNetClientConfig": [
        ("struct_size", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("io_mode", ctypes.c_uint32),
        ("idle_policy", ctypes.c_uint32),
        ("tick_us", ctypes.c_uint32),
        ("spin_ns", ctypes.c_uint32),
        ("open_timeout_ms", ctypes.c_uint32),
        ("idle_timeout_ms", ctypes.c_uint32),
        ("keepalive_ms", ctypes.c_uint32),
        ("linger_ms", ctypes.c_uint32),
        ("max_reliable_message", ctypes.c_uint32),
        ("max_unreliable_message", ctypes.c_uint32),
        ("send_queue_bytes", ctypes.c_uint32),
        ("ring_bytes", ctypes.c_uint32),
        ("ca_pem_len", ctypes.c_uint32),
        ("pin_count", ctypes.c_uint32),
        ("token_len", ctypes.c_uint32),
        ("port", ctypes.c_uint16),
        ("reserved0", ctypes.c_uint16),
        ("app_id", ctypes.c_uint64),
        ("host", ctypes.c_void_p),
        ("server_name", ctypes.c_void_p),
        ("ca_path", ctypes.c_void_p),
        ("ca_pem", ctypes.c_void_p),
        ("pins", ctypes.c_void_p),
        ("token", ctypes.c_void_p),
        ("user_data", ctypes.c_void_p),
        ("reserved1", ctypes.c_void_p),
    ],
    "FastNetServerConfig": [
        ("struct_size", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("io_mode", ctypes.c_uint32),
        ("idle_policy", ctypes.c_uint32),
        ("tick_us", ctypes.c_uint32),
        ("spin_ns", ctypes.c_uint32),
        ("peers_max", ctypes.c_uint32),
        ("handshake_timeout_ms", ctypes.c_uint32),
        ("idle_timeout_ms", ctypes.c_uint32),
        ("keepalive_ms", ctypes.c_uint32),
        ("linger_ms", ctypes.c_uint32),
        ("max_reliable_message", ctypes.c_uint32),
        ("max_unreliable_message", ctypes.c_uint32),
        ("send_queue_bytes", ctypes.c_uint32),
        ("ring_bytes", ctypes.c_uint32),
        ("cert_pem_len", ctypes.c_uint32),
        ("key_pem_len", ctypes.c_uint32),
        ("udp_port", ctypes.c_uint16),
        ("tcp_port", ctypes.c_uint16),
        ("app_id", ctypes.c_uint64),
        ("bind_address", ctypes.c_void_p),
        ("cert_path", ctypes.c_void_p),
        ("key_path", ctypes.c_void_p),
        ("cert_pem", ctypes.c_void_p),
        ("key_pem", ctypes.c_void_p),
        ("user_data", ctypes.c_void_p),
    ],
}


def layout() -> dict[str, dict[str, int]]:
    """Sizes and offsets."""
    found = {}
    for name, fields in STRUCTS.items():
        kind = type(name, (ctypes.Structure,), {"_fields_": fields})
        found[name] = {"size": ctypes.sizeof(kind), **{field: getattr(kind, field).offset for field, _ in fields}}
    return found


if __name__ == "__main__":
    json.dump(layout(), sys.stdout)
