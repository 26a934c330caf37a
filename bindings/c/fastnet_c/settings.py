"""FastNetClientConfig and FastNetServerConfig as `Config`, `Trust` and what else `Client` and `Server` take.

0 is the default, OFF "none" where it is offered; what C can check was checked there. Raises FastNet's errors, whose
texts the caller's `last_error` or last event will carry.
"""

import base64
from typing import Any

from _fastnet import ffi
from fastnet.net.trust import Trust
from fastnet.protocol.config import Config, KiB, MiB
from fastnet.protocol.errors import UsageError
from fastnet.protocol.spec import MESSAGE_COST_BYTES
from fastnet.protocol.ticket import NEVER_NS

from fastnet_c._cdef import (
    CLIENT_CONFIG_DEFAULTS,
    FASTNET_CLIENT_DANGER_ACCEPT_ANY_CERTIFICATE,
    FASTNET_CLIENT_MANUAL_FLUSH,
    FASTNET_CLIENT_NO_DEV_CA,
    FASTNET_IDLE_SPIN,
    FASTNET_SERVER_MANUAL_FLUSH,
    OFF,
    SERVER_CONFIG_DEFAULTS,
)

_PIN_BYTES = 32
_BIND_MS = 5_000  # UDP's share of the time to connect, less if all of it is less.


def text_of(pointer: Any) -> str | None:
    """A NUL-ended UTF-8 text; None for NULL."""
    return ffi.string(pointer).decode() if pointer != ffi.NULL else None


def bytes_of(pointer: Any, count: int) -> bytes | None:
    """`count` bytes; None for NULL or none."""
    return bytes(ffi.buffer(pointer, count)) if pointer != ffi.NULL and count else None


def value_of(config: Any, name: str, defaults: dict[str, int]) -> int:
    """A number of the configuration, with 0 replaced by what it means."""
    return int(getattr(config, name)) or defaults[name]


def client_config(config: Any, send_queue_bytes: int) -> Config:
    """The client's `Config`; what may be queued was decided by C. Raises ConfigError."""
    open_ms = open_timeout_ms(config)
    return Config(
        auto_flush=not config.flags & FASTNET_CLIENT_MANUAL_FLUSH,
        connect_timeout_ms=min(open_ms, 60_000),
        handshake_timeout_ms=min(open_ms, 60_000),
        bind_timeout_ms=max(500, min(open_ms, _BIND_MS)),
        **_shared(config, CLIENT_CONFIG_DEFAULTS, send_queue_bytes),
    )


def server_config(config: Any, send_queue_bytes: int) -> Config:
    """The server's `Config`; what may be queued was decided by C. Raises ConfigError."""
    return Config(
        auto_flush=not config.flags & FASTNET_SERVER_MANUAL_FLUSH,
        peers_max=value_of(config, "peers_max", SERVER_CONFIG_DEFAULTS),
        handshake_timeout_ms=min(value_of(config, "handshake_timeout_ms", SERVER_CONFIG_DEFAULTS), 60_000),
        **_shared(config, SERVER_CONFIG_DEFAULTS, send_queue_bytes),
    )


def open_timeout_ms(config: Any) -> int:
    """How long name, TCP, TLS and UDP may take together."""
    return value_of(config, "open_timeout_ms", CLIENT_CONFIG_DEFAULTS)


def spin_ns(config: Any) -> int:
    """How long a handle that its caller pumps stays awake in `wait` after something happened; 0: not at all."""
    if config.idle_policy != FASTNET_IDLE_SPIN:
        return 0
    span_ns = value_of(config, "spin_ns", CLIENT_CONFIG_DEFAULTS)  # The same for both kinds.
    return NEVER_NS if span_ns == OFF else span_ns


def _shared(config: Any, defaults: dict[str, int], send_queue_bytes: int) -> dict[str, Any]:
    """What both kinds have. Queues and windows follow the message sizes, so that one message always fits."""
    reliable = value_of(config, "max_reliable_message", defaults)
    unreliable = value_of(config, "max_unreliable_message", defaults)
    idle = value_of(config, "idle_timeout_ms", defaults)
    idle_ms = 0 if idle == OFF else idle
    linger = value_of(config, "linger_ms", defaults)
    window = max(2 * MiB, 2 * reliable)
    return {
        "app_id": int(config.app_id),
        "idle_timeout_ms": idle_ms,
        "keepalive_ms": _keepalive_ms(int(config.keepalive_ms), idle_ms, defaults["keepalive_ms"]),
        "linger_ms": 0 if linger == OFF else linger,
        "max_reliable_message_bytes": reliable,
        "max_unreliable_message_bytes": unreliable,
        "channel_window_bytes": window,
        "send_queue_reliable_bytes": max(send_queue_bytes, reliable + MESSAGE_COST_BYTES),
        "send_queue_bytes": max(64 * KiB, unreliable),
        "receive_queue_bytes": max(256 * KiB, unreliable),
        "reassembly_bytes": max(64 * KiB, unreliable),
    }


def _keepalive_ms(given: int, idle_ms: int, default: int) -> int:
    """As given; the default gives way to a short idle timeout, three of which must fit in it."""
    if given or not idle_ms:
        return given or default
    return max(100, min(default, idle_ms // 3))


def trust(config: Any) -> Trust:
    """Whom the client believes. Raises UsageError, CertificateError."""
    path, pem = text_of(config.ca_path), bytes_of(config.ca_pem, config.ca_pem_len)
    if path is not None and pem is not None:
        raise UsageError("give ca_path or ca_pem, not both")
    return Trust(
        ca=path if path is not None else pem,
        pins=_pins(bytes_of(config.pins, config.pin_count * _PIN_BYTES) or b""),
        danger_accept_any_certificate=bool(config.flags & FASTNET_CLIENT_DANGER_ACCEPT_ANY_CERTIFICATE),
        development_ca=not config.flags & FASTNET_CLIENT_NO_DEV_CA,
    )


def _pins(packed: bytes) -> list[str]:
    digests = (packed[at : at + _PIN_BYTES] for at in range(0, len(packed), _PIN_BYTES))
    return [f"sha256/{base64.b64encode(digest).decode()}" for digest in digests]


def certificate(config: Any) -> tuple[Any, Any]:
    """The server's chain and key, as `Server` takes them; the development leaf where none is given."""
    chain = text_of(config.cert_path) or bytes_of(config.cert_pem, config.cert_pem_len)
    key = text_of(config.key_path) or bytes_of(config.key_pem, config.key_pem_len)
    if (chain is None) != (key is None):
        raise UsageError("certificate and key belong together: give both, or neither for this machine's own")
    if chain is not None:
        return chain, key
    from fastnet.net.devca import ensure_dev_ca, issue_leaf  # Only here: most servers have their own.

    leaf = issue_leaf(ensure_dev_ca().credentials)
    return leaf.chain, leaf.private_key
