"""HELLO, ACCEPT and REFUSE: the three messages on TLS, to bytes and back. PROTOCOL.md s. 2.3.

Rule 1: whatever the bytes, decoding returns a message or raises `HandshakeFormatError`, nothing else.
Rule 2: what decodes is within the limits of PROTOCOL.md s. 12; nobody behind checks again.
Rule 3: the first 4 bytes of HELLO and the whole of REFUSE are read before versions are known, so they never change.
"""

import ipaddress
import struct
from dataclasses import dataclass, field

from fastnet.protocol import spec
from fastnet.protocol.numbers import APPLICATION_CODES, LOCAL_ONLY
from fastnet.protocol.ticket import Limits

HEADER_BYTES = 3
FRAME_BYTES_MAX = HEADER_BYTES + spec.TLS_BODY_MAX
GREASE_BYTES = 11  # Random bytes that one random parameter uses up: its id, its length, its value.
ENDPOINT_TCP, ENDPOINT_IPV4, ENDPOINT_IPV6 = 0, 4, 6
_ENDPOINT_BYTES = {ENDPOINT_TCP: 0, ENDPOINT_IPV4: 4, ENDPOINT_IPV6: 16}
_CIPHERS, _HEADER_PROTECTION, _TOKEN = 8, 9, 10  # Parameters of HELLO only.
_PARAMETER_HEAD = struct.Struct(">HH")  # Its number, and how many bytes it has.


@dataclass(frozen=True, slots=True)
class _Range:
    """How one limit travels: its bytes, and its range (PROTOCOL.md s. 12)."""

    size: int
    low: int
    high: int
    zero: bool = False

    def allows(self, value: int) -> bool:
        return self.low <= value <= self.high or (self.zero and value == 0)

    def read(self, name: str, value: bytes) -> int:
        if len(value) != self.size:
            raise HandshakeFormatError(f"{name} in {len(value)} bytes")
        number = int.from_bytes(value, "big")
        if not self.allows(number):
            raise HandshakeFormatError(f"{name} = {number} is out of range")
        return number


LIMITS: dict[int, tuple[str, _Range]] = {
    1: ("max_datagram_bytes", _Range(2, spec.DATAGRAM_BYTES_BASE, spec.DATAGRAM_BYTES_MAX)),
    2: ("idle_timeout_ms", _Range(4, 1_000, 3_600_000, zero=True)),
    3: ("ack_delay_reliable_us", _Range(4, 0, 100_000)),
    4: ("ack_delay_unreliable_us", _Range(4, 0, 100_000)),
    5: ("max_reliable_message_bytes", _Range(4, 1, 16 * 2**20)),
    6: ("max_unreliable_message_bytes", _Range(4, 1, 64 * 2**10)),
    7: ("initial_credit_bytes", _Range(4, 4 * 2**10, 2**31 - 1)),
}


class HandshakeFormatError(Exception):
    """The other end's handshake bytes are not what PROTOCOL.md s. 2.3 says. Internal: it never reaches applications."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """What a client offers."""

    random: bytes
    channels_hash: bytes
    version_min: int = spec.VERSION
    version_max: int = spec.VERSION
    app_id: int = 0
    client_cid: bytes = b""
    """What the server puts on datagrams to us: 8 bytes, or none."""
    limits: Limits = field(default_factory=Limits)
    ciphers: tuple[int, ...] = (spec.CIPHER_CHACHA20_POLY1305,)
    header_protection: bool = False
    token: bytes | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One UDP address of a server; `host` is empty for the host that the client reached by TCP."""

    host: str
    port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """What a server answers when it takes the client in."""

    random: bytes
    server_cid: bytes
    reset_token: bytes
    peer_id: int
    endpoints: tuple[Endpoint, ...]
    version: int = spec.VERSION
    cipher: int = spec.CIPHER_CHACHA20_POLY1305
    header_protection: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Refuse:
    """What a server answers otherwise: a `CloseCode` or the application's own code, and a reason for people."""

    code: int
    reason: str
    version_min: int = spec.VERSION
    version_max: int = spec.VERSION


# Frames.


def take_frame(received: bytes, *expected: int) -> tuple[int, bytes] | None:
    """The type and the body of the one frame in `received`; None while it is incomplete."""
    if not received:
        return None
    kind = received[0]
    if kind not in expected:
        raise HandshakeFormatError(f"a message of type {kind} came where it may not")
    if len(received) < HEADER_BYTES:
        return None
    length = int.from_bytes(received[1:HEADER_BYTES], "big")
    if length > spec.TLS_BODY_MAX:
        raise HandshakeFormatError(f"a message of {length} bytes exceeds {spec.TLS_BODY_MAX}")
    if len(received) > HEADER_BYTES + length:
        raise HandshakeFormatError("bytes follow the message")
    return (kind, received[HEADER_BYTES:]) if len(received) == HEADER_BYTES + length else None


def _frame(kind: int, body: bytes) -> bytes:
    assert len(body) <= spec.TLS_BODY_MAX
    return bytes([kind]) + _u16(len(body)) + body


# To bytes. `grease` are GREASE_BYTES random ones.


def encode_hello(hello: Hello, grease: bytes) -> bytes:
    """The whole HELLO frame."""
    own = {_CIPHERS: bytes(hello.ciphers), _HEADER_PROTECTION: bytes([hello.header_protection])}
    if hello.token is not None:
        assert len(hello.token) <= spec.TOKEN_MAX
        own[_TOKEN] = hello.token
    body = (
        _u16(hello.version_min)
        + _u16(hello.version_max)
        + hello.random
        + hello.app_id.to_bytes(8, "big")
        + hello.channels_hash
        + bytes([len(hello.client_cid)])
        + hello.client_cid
        + _encode_parameters(hello.limits, own, grease)
    )
    return _frame(spec.HELLO, body)


def encode_accept(accept: Accept, grease: bytes) -> bytes:
    """The whole ACCEPT frame."""
    assert 1 <= len(accept.endpoints) <= spec.ENDPOINTS_MAX
    body = (
        _u16(accept.version)
        + accept.random
        + accept.server_cid
        + accept.reset_token
        + accept.peer_id.to_bytes(4, "big")
        + bytes([accept.cipher, accept.header_protection, len(accept.endpoints)])
        + b"".join(map(_encode_endpoint, accept.endpoints))
        + _encode_parameters(accept.limits, {}, grease)
    )
    return _frame(spec.ACCEPT, body)


def encode_refuse(refuse: Refuse) -> bytes:
    """The whole REFUSE frame; a reason over 256 bytes is cut at a character."""
    reason = refuse.reason.encode("utf-8", "replace")
    if len(reason) > spec.REASON_MAX:
        reason = reason[: spec.REASON_MAX].decode("utf-8", "ignore").encode()
    head = refuse.code.to_bytes(4, "big") + _u16(refuse.version_min) + _u16(refuse.version_max)
    return _frame(spec.REFUSE, head + _u16(len(reason)) + reason)


def _u16(value: int) -> bytes:
    return value.to_bytes(2, "big")


def _encode_endpoint(endpoint: Endpoint) -> bytes:
    host = ipaddress.ip_address(endpoint.host).packed if endpoint.host else b""
    kind = {size: kind for kind, size in _ENDPOINT_BYTES.items()}[len(host)]
    return bytes([kind]) + host + _u16(endpoint.port)


def _encode_parameters(limits: Limits, own: dict[int, bytes], grease: bytes) -> bytes:
    values = {number: getattr(limits, name).to_bytes(form.size, "big") for number, (name, form) in LIMITS.items()}
    values |= own
    values[0x8000 | int.from_bytes(grease[:2], "big")] = grease[3 : 3 + grease[2] % 9]
    return b"".join(_PARAMETER_HEAD.pack(number, len(value)) + value for number, value in sorted(values.items()))


# From bytes.


class _Reader:
    """A cursor over a body that cannot leave it."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    def left(self) -> int:
        return len(self._body) - self._at

    def take(self, count: int) -> bytes:
        start, end = self._at, self._at + count
        if end > len(self._body):
            raise HandshakeFormatError(f"the message ends {end - len(self._body)} bytes early")
        self._at = end
        return self._body[start:end]

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def parameters(self) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        last = -1
        while self.left():
            number, size = _PARAMETER_HEAD.unpack(self.take(_PARAMETER_HEAD.size))
            if number <= last:
                raise HandshakeFormatError(f"parameter {number} follows parameter {last}")
            last = number
            found[number] = self.take(size)
        return found


def _demand(fine: bool, otherwise: str) -> None:
    if not fine:
        raise HandshakeFormatError(otherwise)


def hello_versions(body: bytes) -> tuple[int, int]:
    """The lowest and highest version that the client of this HELLO speaks; readable whatever they are."""
    reader = _Reader(body)
    low, high = reader.number(2), reader.number(2)
    _demand(low <= high, f"the version range {low}..{high} is empty")
    return low, high


def decode_hello(body: bytes) -> Hello:
    """A HELLO of version 1."""
    low, high = hello_versions(body)
    reader = _Reader(body[4:])
    random, app_id, channels_hash, cid_bytes = reader.take(32), reader.number(8), reader.take(32), reader.number(1)
    _demand(cid_bytes in (0, spec.CONNECTION_ID_BYTES), f"a connection id of {cid_bytes} bytes")
    client_cid = reader.take(cid_bytes)
    parameters = reader.parameters()
    ciphers = tuple(parameters.get(_CIPHERS, bytes([spec.CIPHER_CHACHA20_POLY1305])))
    _demand(spec.CIPHER_CHACHA20_POLY1305 in ciphers, "the ciphers lack ChaCha20-Poly1305")
    token = parameters.get(_TOKEN)
    _demand(token is None or len(token) <= spec.TOKEN_MAX, f"the token exceeds {spec.TOKEN_MAX} bytes")
    return Hello(
        version_min=low,
        version_max=high,
        random=random,
        app_id=app_id,
        channels_hash=channels_hash,
        client_cid=client_cid,
        limits=_limits(parameters),
        ciphers=ciphers,
        header_protection=_flag(parameters.get(_HEADER_PROTECTION, b"\0")),
        token=token,
    )


def decode_accept(body: bytes) -> Accept:
    """An ACCEPT of version 1."""
    reader = _Reader(body)
    version = reader.number(2)
    _demand(version == spec.VERSION, f"version {version} was not offered")
    random, server_cid, reset_token = reader.take(32), reader.take(spec.CONNECTION_ID_BYTES), reader.take(16)
    peer_id, cipher, hides, count = reader.number(4), reader.number(1), _flag(reader.take(1)), reader.number(1)
    _demand(spec.PEER_ID_MIN <= peer_id <= spec.PEER_ID_MAX, f"the peer id {peer_id}")
    _demand(1 <= count <= spec.ENDPOINTS_MAX, f"{count} endpoints")
    endpoints = tuple(_endpoint(reader) for _ in range(count))
    return Accept(
        version=version,
        random=random,
        server_cid=server_cid,
        reset_token=reset_token,
        peer_id=peer_id,
        cipher=cipher,
        header_protection=hides,
        endpoints=endpoints,
        limits=_limits(reader.parameters()),
    )


def decode_refuse(body: bytes) -> Refuse:
    """A REFUSE of any version. An invalid UTF-8 reason is shown with replacement characters."""
    reader = _Reader(body)
    code, low, high, length = reader.number(4), reader.number(2), reader.number(2), reader.number(2)
    _demand(length <= spec.REASON_MAX, f"a reason of {length} bytes")
    reason = reader.take(length).decode("utf-8", "replace")
    _demand(reader.left() == 0, "bytes follow the reason")
    _demand(code < APPLICATION_CODES.stop and code not in LOCAL_ONLY, f"the code {code} may not be sent")
    return Refuse(code, reason, low, high)


def _flag(value: bytes) -> bool:
    _demand(value in (b"\0", b"\1"), f"a switch of {value[:4]!r}")
    return value == b"\1"


def _endpoint(reader: _Reader) -> Endpoint:
    kind = reader.number(1)
    _demand(kind in _ENDPOINT_BYTES, f"an endpoint of kind {kind}")
    packed, port = reader.take(_ENDPOINT_BYTES[kind]), reader.number(2)
    _demand(port != 0, "an endpoint with port 0")
    return Endpoint(str(ipaddress.ip_address(packed)) if packed else "", port)


def _limits(parameters: dict[int, bytes]) -> Limits:
    return Limits(
        **{name: form.read(name, parameters[number]) for number, (name, form) in LIMITS.items() if number in parameters}
    )
