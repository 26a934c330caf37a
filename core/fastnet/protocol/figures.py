"""Figures of a peer and of an endpoint, as immutable snapshots. Times in ms, sizes in bytes."""

from dataclasses import dataclass, field
from typing import Any

from fastnet.protocol.address import address_text
from fastnet.protocol.drops import Drop
from fastnet.protocol.states import State

_NS_PER_MS = 1e6


@dataclass(frozen=True, slots=True)
class ChannelStats:
    """One channel of one peer: messages by fate, and what waits to be sent or acknowledged."""

    number: int
    sent: int
    received: int
    superseded: int
    dropped: int
    queued_messages: int
    queued_bytes: int


@dataclass(frozen=True, slots=True)
class PeerStats:
    """How one peer is doing. `rtt_ms` and `jitter_ms` are None before the first sample; `loss` is the fraction of our
    datagrams that were lost."""

    peer_id: int
    address: str
    state: str
    verified: bool
    rtt_ms: float | None
    jitter_ms: float | None
    loss: float
    window_bytes: int
    in_flight_bytes: int
    mtu_bytes: int
    bytes_sent: int
    bytes_received: int
    datagrams_sent: int
    datagrams_received: int
    datagrams_lost: int
    spurious_losses: int
    key_phase: int
    channels: dict[int, ChannelStats] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EndpointStats:
    """What one endpoint counted since it began; `drops` by reason, only those that happened."""

    peers: int
    peers_total: int
    datagrams_received: int
    datagrams_sent: int
    bytes_received: int
    bytes_sent: int
    messages_dropped: int
    resets_sent: int
    drops: dict[str, int]


def peer_stats(peer: Any) -> PeerStats:
    """A snapshot of one connection."""
    recovery, rtt = peer.recovery, peer.recovery.rtt
    settled = recovery.packets_acked + recovery.packets_lost
    return PeerStats(
        peer_id=peer.peer_id,
        address=address_text(peer.path.as_address()) if peer.path is not None else "",
        state=State(peer.state).name,
        verified=peer.verified,
        rtt_ms=rtt.smoothed_ns / _NS_PER_MS if rtt.has_sample else None,
        jitter_ms=rtt.jitter_ns / _NS_PER_MS if rtt.has_sample else None,
        loss=recovery.packets_lost / settled if settled else 0.0,
        window_bytes=recovery.congestion.window,
        in_flight_bytes=recovery.congestion.in_flight,
        mtu_bytes=peer.mtu,
        bytes_sent=peer.bytes_sent,
        bytes_received=peer.bytes_received,
        datagrams_sent=peer.datagrams_sent,
        datagrams_received=peer.datagrams_received,
        datagrams_lost=recovery.packets_lost,
        spurious_losses=recovery.spurious,
        key_phase=peer.phases.phase,
        channels={channel.number: _channel_stats(channel) for channel in peer.channels if channel is not None},
    )


def _channel_stats(channel: Any) -> ChannelStats:
    return ChannelStats(
        number=channel.number,
        sent=channel.sent,
        received=channel.received,
        superseded=channel.superseded,
        dropped=channel.dropped,
        queued_messages=channel.queued_messages,
        queued_bytes=channel.queued_bytes,
    )


def endpoint_stats(endpoint: Any) -> EndpointStats:
    """A snapshot of one endpoint."""
    counts = {reason.name.lower(): endpoint.drop_count(reason) for reason in Drop}
    return EndpointStats(
        peers=endpoint.peer_count,
        peers_total=endpoint.peers_total,
        datagrams_received=endpoint.datagrams_received,
        datagrams_sent=endpoint.datagrams_sent,
        bytes_received=endpoint.bytes_received,
        bytes_sent=endpoint.bytes_sent,
        messages_dropped=endpoint.messages_dropped(),
        resets_sent=endpoint.resets.answered,
        drops={name: count for name, count in counts.items() if count},
    )
