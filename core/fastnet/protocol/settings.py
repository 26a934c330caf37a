"""The configuration as C numbers, times in ns: one object an endpoint, shared by all its connections."""

from fastnet.protocol.config import Config, channel_table
from fastnet.protocol.ticket import NEVER_NS


class Settings:
    """What hot code reads of a `Config`. `slot_of` maps a channel's number to its place in the table, -1 for none."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.channel_table = channel_table(config)
        self.channel_count = len(self.channel_table)
        for number in range(256):
            self.slot_of[number] = -1
        for slot, number in enumerate(self.channel_table):
            self.slot_of[number] = slot
        self._copy_sizes(config)
        self._copy_times(config)

    def _copy_sizes(self, config: Config) -> None:
        self.auto_flush = config.auto_flush
        self.mtu_discovery = config.mtu_discovery
        self.max_datagram_bytes = config.max_datagram_bytes
        self.key_update_packets = config.key_update_packets
        self.initial_window_bytes = config.initial_window_bytes
        self.minimum_window_bytes = config.minimum_window_bytes
        self.maximum_window_bytes = config.maximum_window_bytes
        self.packets_in_flight_max = config.packets_in_flight_max
        self.max_reliable_message_bytes = config.max_reliable_message_bytes
        self.max_unreliable_message_bytes = config.max_unreliable_message_bytes
        self.initial_credit_bytes = config.initial_credit_bytes
        self.channel_window_bytes = config.channel_window_bytes
        self.send_queue_reliable_bytes = config.send_queue_reliable_bytes
        self.send_queue_bytes = config.send_queue_bytes
        self.send_queue_messages = config.send_queue_messages
        self.receive_queue_bytes = config.receive_queue_bytes
        self.receive_queue_messages = config.receive_queue_messages
        self.reassembly_bytes = config.reassembly_bytes
        self.reassembly_messages = config.reassembly_messages

    def _copy_times(self, config: Config) -> None:
        self.reassembly_ns = config.reassembly_ms * 1_000_000
        self.linger_ns = config.linger_ms * 1_000_000
        self.bind_timeout_ns = config.bind_timeout_ms * 1_000_000
        self.bind_timeout_server_ns = config.bind_timeout_server_ms * 1_000_000
        self.keepalive_ns = config.keepalive_ms * 1_000_000
        self.key_update_ns = config.key_update_s * 1_000_000_000
        self.ack_delay_reliable_ns = config.ack_delay_reliable_us * 1_000
        self.ack_delay_unreliable_ns = config.ack_delay_unreliable_us * 1_000
        self.pto_max_ns = config.pto_max_ms * 1_000_000

    def idle_timeout_ns(self, peer_ms: int) -> int:
        """The smaller non-zero of both ends' idle timeouts, in ns; NEVER_NS when neither has one."""
        both = [value for value in (self.config.idle_timeout_ms, peer_ms) if value]
        return min(both) * 1_000_000 if both else NEVER_NS
