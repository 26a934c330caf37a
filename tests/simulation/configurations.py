"""Configurations for simulated worlds: all that may differ between two ends, at its edges."""

import random
from collections.abc import Mapping

from fastnet.protocol.config import Channel, Config

PLAIN: Mapping[int, Channel | str] = Config().channels
MANY: Mapping[int, Channel | str] = {
    **PLAIN,
    7: Channel("sequenced", priority=0, keep_latest=True),
    62: Channel("reliable_ordered", priority=7),
    63: Channel("reliable_unordered", weight=20),
    200: Channel("unreliable", priority=1, weight=3),
    255: Channel("reliable_ordered", priority=0, weight=255),
}
# Long enough for the longest blackout, also while binding; what the defaults do is the business of other tests.
PATIENCE = {"bind_timeout_ms": 30_000, "bind_timeout_server_ms": 60_000, "idle_timeout_ms": 60_000}


def channels_for(prng: random.Random) -> Mapping[int, Channel | str]:
    """The same at both ends, as the handshake demands."""
    return prng.choice((PLAIN, PLAIN, MANY))


def config_for(prng: random.Random, channels: Mapping[int, Channel | str]) -> Config:
    """One end's own choice; half of all ends are as shipped."""
    if prng.random() < 0.5:
        return Config(channels=channels, **PATIENCE)
    credit = prng.choice((4_096, 20_000, 65_536))
    return Config(
        channels=channels,
        auto_flush=prng.random() < 0.7,
        header_protection=prng.random() < 0.3,
        ciphers=prng.choice(((1,), (2, 1), (1, 2))),
        key_update_packets=prng.choice((64, 200, 2**22)),
        mtu_discovery=prng.random() < 0.3,
        max_datagram_bytes=prng.choice((1_200, 1_472, 9_000)),
        keepalive_ms=prng.choice((300, 1_000, 3_000)),
        ack_delay_reliable_us=prng.choice((0, 5_000, 25_000)),
        ack_delay_unreliable_us=prng.choice((0, 25_000, 100_000)),
        max_reliable_message_bytes=60_000,
        initial_credit_bytes=credit,
        channel_window_bytes=prng.choice((65_536, 100_000, 2_000_000)),
        send_queue_reliable_bytes=prng.choice((70_000, 2_000_000)),
        send_queue_messages=prng.choice((2, 256)),
        receive_budget_bytes=2_000_000,
        packets_in_flight_max=prng.choice((256, 8_192)),
        reassembly_messages=prng.choice((1, 8)),
        **PATIENCE,
    )
