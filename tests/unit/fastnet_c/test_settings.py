"""What the fields of a C configuration become."""

from types import ModuleType
from typing import Any

import pytest
from fastnet.net.devca import certificate_pem, ensure_dev_ca, key_pem, self_signed
from fastnet.protocol.config import Config
from fastnet.protocol.errors import CertificateError, ConfigError, UsageError

QUEUE = 2 * 1024 * 1024
OFF = 0xFFFFFFFF


@pytest.fixture
def client(ffi: Any) -> Any:
    return ffi.new("FastNetClientConfig *")


@pytest.fixture
def server(ffi: Any) -> Any:
    return ffi.new("FastNetServerConfig *")


def test_zeroes_are_the_defaults_of_python(settings: ModuleType, client: Any, server: Any) -> None:
    """One protocol, one set of defaults: the C tables and `Config` may not drift apart."""
    defaults = Config()
    for made in (settings.client_config(client, QUEUE), settings.server_config(server, QUEUE)):
        for name in (
            "app_id",
            "auto_flush",
            "idle_timeout_ms",
            "keepalive_ms",
            "linger_ms",
            "max_reliable_message_bytes",
            "max_unreliable_message_bytes",
            "channel_window_bytes",
            "send_queue_reliable_bytes",
            "send_queue_bytes",
            "receive_queue_bytes",
            "reassembly_bytes",
            "peers_max",
        ):
            assert getattr(made, name) == getattr(defaults, name), name
    assert settings.server_config(server, QUEUE).handshake_timeout_ms == defaults.handshake_timeout_ms
    assert settings.open_timeout_ms(client) == 15_000


def test_given_values_arrive(settings: ModuleType, client: Any, server: Any) -> None:
    client.app_id, client.flags, client.linger_ms = 7, 4, OFF
    client.idle_timeout_ms, client.keepalive_ms, client.open_timeout_ms = OFF, 60_000, 300
    made = settings.client_config(client, QUEUE)
    assert (made.app_id, made.auto_flush, made.linger_ms) == (7, False, 0)
    assert (made.idle_timeout_ms, made.keepalive_ms) == (0, 60_000)
    assert (made.connect_timeout_ms, made.handshake_timeout_ms, made.bind_timeout_ms) == (300, 300, 500)
    server.peers_max, server.handshake_timeout_ms, server.flags = 3, 2_000, 4
    made = settings.server_config(server, 100_000)
    assert (made.peers_max, made.handshake_timeout_ms, made.auto_flush) == (3, 2_000, False)


@pytest.mark.parametrize(("size", "queue"), [(1, 64), (16 * 1024 * 1024, 64), (64, 2**31 - 1)])
def test_queues_and_windows_hold_one_message_of_any_size(
    settings: ModuleType, client: Any, size: int, queue: int
) -> None:
    client.max_reliable_message = size
    client.max_unreliable_message = min(size, 65_536)
    made = settings.client_config(client, queue)
    assert made.max_reliable_message_bytes == size
    assert made.send_queue_reliable_bytes == max(queue, size + 32)
    assert made.channel_window_bytes >= size + 32


def test_the_default_keepalive_gives_way_to_a_short_idle_timeout_a_given_one_does_not(
    settings: ModuleType, client: Any
) -> None:
    client.idle_timeout_ms = 1_200
    assert settings.client_config(client, QUEUE).keepalive_ms == 400
    client.keepalive_ms = 900
    with pytest.raises(ConfigError, match="keepalive_ms"):
        settings.client_config(client, QUEUE)


def test_the_four_ways_to_trust(settings: ModuleType, client: Any, ffi: Any, tmp_path: Any) -> None:
    assert repr(settings.trust(client)) == "Trust()"
    made = self_signed(["localhost"])
    pem = certificate_pem(made)
    (tmp_path / "ca.pem").write_bytes(pem)
    path = ffi.new("char[]", str(tmp_path / "ca.pem").encode())
    client.ca_path = path
    assert repr(settings.trust(client)).startswith("Trust(ca=")
    memory = ffi.new("uint8_t[]", pem)
    client.ca_pem, client.ca_pem_len = memory, len(pem)
    with pytest.raises(UsageError, match="not both"):
        settings.trust(client)
    client.ca_path = ffi.NULL
    assert repr(settings.trust(client)).startswith("Trust(ca=")
    pins = ffi.new("uint8_t[]", bytes(range(64)))
    client.ca_pem, client.ca_pem_len, client.pins, client.pin_count = ffi.NULL, 0, pins, 2
    assert repr(settings.trust(client)).count("sha256/") == 2
    client.flags = 1
    with pytest.raises(UsageError, match="choose one"):
        settings.trust(client)


def test_a_missing_ca_file_is_named(settings: ModuleType, client: Any, ffi: Any) -> None:
    path = ffi.new("char[]", b"/nowhere/ca.pem")
    client.ca_path = path
    with pytest.raises(CertificateError, match=r"/nowhere/ca\.pem does not exist"):
        settings.trust(client)


def test_a_servers_certificate_from_files_memory_or_this_machine(
    settings: ModuleType, server: Any, ffi: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FASTNET_CONFIG_DIR", str(tmp_path))
    chain, _ = settings.certificate(server)
    assert chain[0].issuer == ensure_dev_ca().credentials.leaf.subject
    made = self_signed(["localhost"])
    pem, key = certificate_pem(made), key_pem(made)
    kept = [ffi.new("uint8_t[]", pem), ffi.new("uint8_t[]", key)]
    server.cert_pem, server.cert_pem_len, server.key_pem, server.key_pem_len = kept[0], len(pem), kept[1], len(key)
    assert settings.certificate(server) == (pem, key)
    server.key_pem = ffi.NULL
    with pytest.raises(UsageError, match="belong together"):
        settings.certificate(server)
    names = [ffi.new("char[]", b"/a.pem"), ffi.new("char[]", b"/a.key")]
    server.cert_pem, server.cert_path, server.key_path = ffi.NULL, names[0], names[1]
    assert settings.certificate(server) == ("/a.pem", "/a.key")
    server.cert_pem, server.cert_path = kept[0], ffi.NULL
    assert settings.certificate(server) == (pem, "/a.key")
