"""What strangers can do at the server's door: other TLS, malformed messages, garbage, a reset."""

import random
import ssl

import pytest
from fastnet.net.clock import monotonic_ns
from fastnet.net.listener import HandshakeListener
from strangers import ScriptedClient, client_hello, hello_frame, raw_stranger, reset, send_some, shake_foreign_hands
from tls_world import Peers, connect, drive

TLS12, TLS13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3


@pytest.mark.parametrize(
    ("versions", "alpn"),
    [
        ((TLS12, TLS12), ["fastnet/1"]),
        ((TLS13, TLS13), []),
        ((TLS13, TLS13), ["h2", "fastnet/2"]),
    ],
    ids=["TLS 1.2", "no ALPN", "other ALPN"],
)
def test_f3_foreign_tls_is_refused(
    versions: tuple[ssl.TLSVersion, ssl.TLSVersion], alpn: list[str], listener: HandshakeListener, peers: Peers
) -> None:
    outcome = shake_foreign_hands(listener, versions, alpn)
    assert outcome != "done", outcome
    drive(listener, until=lambda: listener.in_flight == 0)
    assert listener.stats.failed == 1
    assert peers.tickets == []
    connect(listener)


def test_f3_the_same_foreign_client_is_heard_with_the_right_name(listener: HandshakeListener) -> None:
    """The control: it is only the version and the name that the test above refuses."""
    client = ScriptedClient(listener)
    client.say(b"\x01\x00\x00")  # An empty HELLO.
    client.listen()
    assert client.ended
    assert listener.stats.failed == 1
    client.close()


@pytest.mark.parametrize(
    "content",
    [
        b"\x01\xff\xff" + bytes(4_000),
        b"\x02\x00\x00",
        b"\x01\x00\x04\x00\x00\x00\x01",
        hello_frame() + b"\0",
        hello_frame()[:3] + b"\0\2\0\1" + hello_frame()[7:],
    ],
    ids=["huge", "ACCEPT", "short", "trailing byte", "empty version range"],
)
def test_f6_malformed_messages_end_a_connection_without_an_answer(
    content: bytes, listener: HandshakeListener, peers: Peers
) -> None:
    client = ScriptedClient(listener)
    client.say(content)
    assert client.listen() == b""
    assert client.ended
    assert listener.stats.failed == 1
    assert peers.reserved == {}
    client.close()


def test_f25_a_reset_in_mid_handshake_disturbs_nobody(listener: HandshakeListener, peers: Peers) -> None:
    hello = client_hello()
    for size in (0, 100, len(hello)):
        stranger = raw_stranger(listener)
        send_some(stranger, hello[:size])
        drive(listener, until=lambda: listener.in_flight == 1)
        listener.turn(monotonic_ns())
        reset(stranger)
        drive(listener, until=lambda: listener.in_flight == 0)
    asked = ScriptedClient(listener)
    asked.say(hello_frame())
    reset(asked.link.tcp)
    drive(listener, until=lambda: listener.in_flight == 0)
    assert listener.stats.failed >= 3
    connect(listener)
    assert peers.reserved == {}


@pytest.mark.parametrize("seed", range(5))
def test_no_garbage_makes_a_turn_raise(seed: int, listener: HandshakeListener) -> None:
    prng, hello = random.Random(seed), client_hello()
    for _ in range(10):
        stranger = raw_stranger(listener)
        content = bytearray(hello)
        for _ in range(prng.randint(1, 3)):
            content[prng.randrange(len(content))] = prng.getrandbits(8)
        send_some(stranger, bytes(content) if prng.random() < 0.7 else prng.randbytes(prng.randint(1, 3_000)))
        for _ in range(4):
            listener.turn(monotonic_ns())
        stranger.close()
        drive(listener, until=lambda: listener.in_flight == 0)
    assert listener.stats.accepted == 10, seed
