"""Every limit and timeout, checked as a whole when a `Config` is made. The table is PROTOCOL.md s. 12."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from fastnet.protocol import spec
from fastnet.protocol.errors import ConfigError

KIND_NAMES = {
    "reliable_ordered": spec.KIND_RELIABLE_ORDERED,
    "unreliable": spec.KIND_UNRELIABLE,
    "reliable_unordered": spec.KIND_RELIABLE_UNORDERED,
    "sequenced": spec.KIND_SEQUENCED,
}
KiB = 1_024
MiB = 1_024 * KiB


@dataclass(frozen=True, slots=True)
class Channel:
    """How one channel behaves. Number and kind must be equal at both ends; the rest is the sender's own affair.

    `priority` 0..7 is strict, 0 goes first; `weight` 1..255 shares what one priority gets. `keep_latest` lets the
    receive queue of a sequenced channel hold only the newest message.
    """

    kind: str
    priority: int = 4
    weight: int = 1
    keep_latest: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KIND_NAMES:
            raise ConfigError(f"channel kind {self.kind!r} is unknown; choose one of {', '.join(KIND_NAMES)}")
        if not 0 <= self.priority <= 7:
            raise ConfigError(f"channel priority {self.priority} is outside 0..7")
        if not 1 <= self.weight <= 255:
            raise ConfigError(f"channel weight {self.weight} is outside 1..255")
        if self.keep_latest and self.kind != "sequenced":
            raise ConfigError("keep_latest is for sequenced channels only")

    @property
    def kind_number(self) -> int:
        """The kind as the wire numbers it."""
        return KIND_NAMES[self.kind]

    @property
    def reliable(self) -> bool:
        """Whether every accepted message arrives."""
        return self.kind_number in (spec.KIND_RELIABLE_ORDERED, spec.KIND_RELIABLE_UNORDERED)


DEFAULT_CHANNELS: Mapping[int, Channel] = {number: Channel(kind) for kind, number in KIND_NAMES.items()}


def _limit(default: int, low: int, high: int, *, zero: bool = False) -> Any:
    return field(default=default, metadata={"low": low, "high": high, "zero": zero})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All that can be chosen. A bad value raises `ConfigError`, which names it. Times in the unit of the name."""

    channels: Mapping[int, Channel | str] = field(default_factory=lambda: dict(DEFAULT_CHANNELS))
    app_id: int = _limit(0, 0, 2**64 - 1)
    """Must be equal at both ends."""
    auto_flush: bool = True
    """`send` writes at once; False: messages wait for `flush()` and share datagrams."""
    header_protection: bool = False
    """Hide flags and packet numbers; on if either end wants it."""
    ciphers: tuple[int, ...] = (spec.CIPHER_AES_256_GCM, spec.CIPHER_CHACHA20_POLY1305)
    """Ciphers by preference; must hold 1, ChaCha20-Poly1305. 2, AES-256-GCM, counts only where both processors have
    instructions for it: there it takes less than half the time."""

    connect_timeout_ms: int = _limit(5_000, 100, 60_000)
    handshake_timeout_ms: int = _limit(10_000, 100, 60_000)
    bind_timeout_ms: int = _limit(5_000, 500, 60_000)
    bind_timeout_server_ms: int = _limit(10_000, 500, 60_000)
    tcp_linger_ms: int = _limit(2_000, 0, 30_000)
    linger_ms: int = _limit(500, 0, 30_000)
    handshakes_max: int = _limit(256, 1, 65_535)
    handshakes_per_address: int = _limit(16, 1, 65_535)
    handshake_rate_per_s: int = _limit(20, 1, 10_000)
    handshake_burst: int = _limit(50, 1, 10_000)
    preauth_bytes_max: int = _limit(16 * KiB, 8 * KiB, MiB)
    token_lifetime_s: int = _limit(3_600, 1, 86_400)
    peers_max: int = _limit(1_024, 1, 65_535)
    resets_per_s: int = _limit(200, 0, 10_000)
    max_datagram_bytes: int = _limit(1_472, spec.DATAGRAM_BYTES_BASE, spec.DATAGRAM_BYTES_MAX)
    mtu_discovery: bool = False
    idle_timeout_ms: int = _limit(10_000, 1_000, 3_600_000, zero=True)
    keepalive_ms: int = _limit(1_000, 100, 60_000)
    key_update_packets: int = _limit(2**22, 64, 2**22)
    key_update_s: int = _limit(120, 1, 3_600)
    ack_delay_reliable_us: int = _limit(5_000, 0, 100_000)
    ack_delay_unreliable_us: int = _limit(25_000, 0, 100_000)
    initial_window_bytes: int = _limit(12_000, 2_400, 2**31 - 1)
    minimum_window_bytes: int = _limit(4_800, 2_400, 2**31 - 1)
    maximum_window_bytes: int = _limit(16 * MiB, 2_400, 2**31 - 1)
    packets_in_flight_max: int = _limit(8_192, 256, 65_536)
    pto_max_ms: int = _limit(2_000, 200, 60_000)
    max_reliable_message_bytes: int = _limit(MiB, 1, 16 * MiB)
    max_unreliable_message_bytes: int = _limit(16 * KiB, 1, 64 * KiB)
    initial_credit_bytes: int = _limit(64 * KiB, 4 * KiB, 2**31 - 1)
    channel_window_bytes: int = _limit(2 * MiB, 4 * KiB, 2**31 - 1)
    receive_budget_bytes: int = _limit(256 * MiB, 4 * KiB, 2**47)
    send_queue_reliable_bytes: int = _limit(2 * MiB, 64, 2**31 - 1)
    send_queue_bytes: int = _limit(64 * KiB, 1, 2**31 - 1)
    send_queue_messages: int = _limit(256, 1, 65_536)
    receive_queue_bytes: int = _limit(256 * KiB, 1, 2**31 - 1)
    receive_queue_messages: int = _limit(1_024, 1, 65_536)
    reassembly_bytes: int = _limit(64 * KiB, 1, 2**31 - 1)
    reassembly_messages: int = _limit(8, 1, 4_096)
    reassembly_ms: int = _limit(1_000, 50, 60_000)

    def __post_init__(self) -> None:
        for name, low, high, zero in _LIMITED:
            value = getattr(self, name)
            if type(value) is not int or not low <= value <= high:
                _check_range(name, value, low, high, zero)
        object.__setattr__(self, "channels", _normal_channels(self.channels))
        _check_ciphers(self.ciphers)
        self._check_relations()

    def _check_relations(self) -> None:
        reliable = self.max_reliable_message_bytes + spec.MESSAGE_COST_BYTES
        unreliable = self.max_unreliable_message_bytes
        for name, low, why in (
            ("channel_window_bytes", reliable, "max_reliable_message_bytes + 32"),
            ("send_queue_reliable_bytes", reliable, "max_reliable_message_bytes + 32"),
            ("receive_budget_bytes", self.channel_window_bytes, "channel_window_bytes"),
            ("channel_window_bytes", self.initial_credit_bytes, "initial_credit_bytes"),
            ("send_queue_bytes", unreliable, "max_unreliable_message_bytes"),
            ("receive_queue_bytes", unreliable, "max_unreliable_message_bytes"),
            ("reassembly_bytes", unreliable, "max_unreliable_message_bytes"),
            ("initial_window_bytes", self.minimum_window_bytes, "minimum_window_bytes"),
            ("maximum_window_bytes", self.initial_window_bytes, "initial_window_bytes"),
        ):
            if getattr(self, name) < low:
                raise ConfigError(f"{name} = {getattr(self, name):,} is below {why} = {low:,}; raise it, or lower that")
        if self.idle_timeout_ms and self.keepalive_ms * 3 > self.idle_timeout_ms:
            raise ConfigError(
                f"keepalive_ms = {self.keepalive_ms:,} is more than a third of idle_timeout_ms = "
                f"{self.idle_timeout_ms:,}: one lost packet would end the connection"
            )

    def with_changes(self, **changes: Any) -> "Config":
        """A copy with some values changed, checked again."""
        return replace(self, **changes)


_LIMITED = tuple(
    (item.name, item.metadata["low"], item.metadata["high"], item.metadata["zero"])
    for item in fields(Config)
    if "low" in item.metadata
)


def _check_range(name: str, value: object, low: int, high: int, zero: bool) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ConfigError(f"{name} must be a whole number, not {value!r}")
    if not (value == 0 and zero) and not low <= value <= high:
        none = ", or 0 for none" if zero else ""
        raise ConfigError(f"{name} = {value:,} is outside {low:,}..{high:,}{none}")


def _normal_channels(channels: Mapping[int, Channel | str]) -> dict[int, Channel]:
    if not 1 <= len(channels) <= spec.CHANNELS_MAX:
        raise ConfigError(f"{len(channels)} channels are configured; between 1 and {spec.CHANNELS_MAX} are possible")
    normal: dict[int, Channel] = {}
    for number in sorted(channels):
        if not 0 <= number < spec.CHANNELS_MAX:
            raise ConfigError(f"channel number {number} is outside 0..255")
        value = channels[number]
        normal[number] = value if isinstance(value, Channel) else Channel(value)
    return normal


def _check_ciphers(ciphers: tuple[int, ...]) -> None:
    known = (spec.CIPHER_CHACHA20_POLY1305, spec.CIPHER_AES_256_GCM)
    if spec.CIPHER_CHACHA20_POLY1305 not in ciphers or any(cipher not in known for cipher in ciphers):
        raise ConfigError(f"ciphers = {ciphers}: list 1 (ChaCha20-Poly1305, always) and, if wanted, 2 (AES-256-GCM)")


def channel_table(config: Config) -> dict[int, Channel]:
    """The configured channels by number, each a full `Channel`."""
    return {number: value for number, value in config.channels.items() if isinstance(value, Channel)}
