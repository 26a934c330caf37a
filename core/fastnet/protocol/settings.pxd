"""C types of settings.py; no logic."""
cimport cython
from libc.stdint cimport int16_t, uint64_t

@cython.final
cdef class Settings:
    cdef readonly object config
    # Channels: by number their slot, by slot their description.
    cdef readonly dict channel_table
    cdef int16_t[256] slot_of
    cdef readonly int channel_count
    # Sizes.
    cdef readonly bint auto_flush, mtu_discovery
    cdef readonly int max_datagram_bytes
    cdef readonly uint64_t key_update_packets
    cdef readonly uint64_t initial_window_bytes, minimum_window_bytes, maximum_window_bytes, packets_in_flight_max
    cdef readonly uint64_t max_reliable_message_bytes, max_unreliable_message_bytes
    cdef readonly uint64_t initial_credit_bytes, channel_window_bytes
    cdef readonly uint64_t send_queue_reliable_bytes, send_queue_bytes, send_queue_messages
    cdef readonly uint64_t receive_queue_bytes, receive_queue_messages, reassembly_bytes, reassembly_messages
    # Times.
    cdef readonly uint64_t reassembly_ns, linger_ns, bind_timeout_ns, bind_timeout_server_ns, keepalive_ns, key_update_ns
    cdef readonly uint64_t ack_delay_reliable_ns, ack_delay_unreliable_ns, pto_max_ns
