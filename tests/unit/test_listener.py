"""The server's door, over real loopback sockets: who gets in, who does not, and what strangers cost."""

import contextlib
import random
import resource
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from certificate_maker import KINDS, issue, openssl_files
from fastnet.net.admission import Answer, Deferred, Refusal, require_token
from fastnet.net.clock import monotonic_ns, wall_s
from fastnet.net.credentials import load_credentials
from fastnet.net.devca import self_signed
from fastnet.net.listener import HandshakeListener
from fastnet.net.trust import Trust
from fastnet.protocol import handshake, negotiation, spec
from fastnet.protocol.config import Config
from fastnet.protocol.errors import (
    AddressInUseError,
    ChannelsMismatchError,
    ConnectError,
    RefusedError,
    TlsFailedError,
    UsageError,
    VersionMismatchError,
)
from fastnet.protocol.handshake import Endpoint, Hello
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.ticket import NEVER_NS, Address
from fastnet.protocol.tokens import TokenVerifier, make_token
from strangers import ScriptedClient, client_hello, is_closed, raw_stranger, reset, send_some, shake_foreign_hands
from tls_world import UDP_PORT, Peers, drive, make_client, make_listener, rest

SERVER = self_signed(["localhost"])
TRUST = Trust(pins=SERVER.pin)
SECOND_NS = 1_000_000_000
TLS12, TLS13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
MANY = Config(handshakes_per_address=1_000, handshake_burst=1_000)


@pytest.fixture
def peers() -> Peers:
    return Peers()


@pytest.fixture
def listener(peers: Peers) -> Iterator[HandshakeListener]:
    made = make_listener(SERVER, peers)
    yield made
    made.close()


@pytest.fixture(scope="session")
def openssl_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("openssl")


def error_of(listener: HandshakeListener, trust: Trust = TRUST, **more: object) -> ConnectError:
    """How a client fails; everything it held is free afterwards."""
    client = make_client(listener, trust, **more)  # type: ignore[arg-type]
    drive(listener, client)
    client.close()
    assert client.ticket is None
    assert client.error is not None
    drive(listener, until=lambda: listener.in_flight == 0)
    return client.error


def connect(listener: HandshakeListener, trust: Trust = TRUST, **more: object) -> None:
    """A good client gets in."""
    client = make_client(listener, trust, **more)  # type: ignore[arg-type]
    drive(listener, client)
    client.close()
    assert client.error is None, client.error
    assert client.ticket is not None


def hello_frame(**changes: object) -> bytes:
    values = {"random": bytes(32), "channels_hash": negotiation.channels_hash(Config())}
    return handshake.encode_hello(Hello(**(values | changes)), bytes(handshake.GREASE_BYTES))  # type: ignore[arg-type]


def test_both_ends_get_tickets_that_fit(listener: HandshakeListener, peers: Peers) -> None:
    client = make_client(listener, TRUST, Config(idle_timeout_ms=5_000), client_cid=b"\0\0\0\0\0\0\0\7")
    drive(listener, client)
    ticket, [served] = client.ticket, peers.tickets
    assert ticket is not None
    assert ticket.exporter_secret == served.exporter_secret
    assert len(ticket.exporter_secret) == 32
    assert (ticket.send_id, ticket.receive_id) == (served.receive_id, served.send_id)
    assert (ticket.receive_id, ticket.receive_id_bytes) == (7, 8)
    assert served.peer_limits.idle_timeout_ms == 5_000
    assert ticket.endpoints == (Address(0, 0xFFFF_7F00_0001, UDP_PORT),)
    assert ticket.peer_certificate == SERVER.leaf_der
    assert ticket.verified
    assert served.peer_certificate is None
    for end in (ticket, served):
        assert end.first_rtt_ns is not None
        assert 0 < end.first_rtt_ns < SECOND_NS
    assert peers.reserved == {}
    client.close()
    drive(listener, until=lambda: listener.in_flight == 0)
    assert listener.stats.completed == listener.stats.accepted == 1


def test_no_two_connections_share_a_secret(listener: HandshakeListener, peers: Peers) -> None:
    for _ in range(5):
        connect(listener)
    assert len({ticket.exporter_secret for ticket in peers.tickets}) == 5


def test_l6_whoever_is_gone_no_longer_counts_towards_a_cap(peers: Peers) -> None:
    listener = make_listener(SERVER, peers, Config(handshakes_max=3, handshakes_per_address=2))
    for _ in range(5):
        raw_stranger(listener).close()
        connect(listener)
        drive(listener, until=lambda: listener.in_flight == 0)
    assert (listener.stats.over_cap, listener.stats.completed) == (0, 5)
    listener.close()


@pytest.mark.parametrize("how", ["pin", "ca"])
@pytest.mark.parametrize("kind", KINDS)
def test_f2_the_openssl_recipe_connects(kind: str, how: str, openssl_folder: Path, peers: Peers) -> None:
    certificate, key = openssl_files(openssl_folder, kind)
    credentials = load_credentials(certificate, key)
    trust = Trust(pins=credentials.pin) if how == "pin" else Trust(ca=certificate)
    listener = make_listener(credentials, peers)
    connect(listener, trust)
    assert len(peers.tickets) == 1
    listener.close()


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


def test_f6_a_thousand_strangers_stay_within_the_caps_and_a_client_still_gets_in(peers: Peers) -> None:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    count = min(1_000, (soft - 256) // 2)
    config = Config()
    listener = make_listener(SERVER, peers, config)
    now_ns, half = monotonic_ns(), client_hello()[:200]
    strangers = []
    for number in range(count):
        strangers.append(raw_stranger(listener, f"127.{1 + number % 10}.1.1"))
        listener.turn(now_ns)
        assert listener.in_flight <= config.handshakes_max
    drive(listener, until=lambda: listener.stats.accepted + listener.stats.over_cap + listener.stats.over_rate == count)
    assert listener.stats.accepted == listener.in_flight == 10 * config.handshakes_per_address
    for number, stranger in enumerate(strangers):
        send_some(stranger, [b"", half, half[:1], b"\x16\x03\x01\x40\x00" + bytes(16_389), b"\xff"][number % 5])
    client = make_client(listener, TRUST)
    began_ns = monotonic_ns()
    byte = iter(half[1:])

    def drip() -> bool:
        content = bytes([next(byte, 0)])
        for number in range(2, 160, 5):
            send_some(strangers[number], content)
        return client.done

    drive(listener, client, until=drip)
    assert client.ticket is not None, client.error
    assert monotonic_ns() - began_ns < SECOND_NS
    for _ in range(1_000):
        listener.turn(began_ns + config.handshake_timeout_ms * 1_000_000 * 2)
    assert listener.in_flight == 0
    assert peers.reserved == {}
    for stranger in strangers:
        stranger.close()
    client.close()
    listener.close()


def test_f6_a_turn_costs_one_step_however_many_wait(peers: Peers) -> None:
    listener = make_listener(SERVER, peers, MANY)
    clients = [make_client(listener, TRUST) for _ in range(30)]
    answered = []
    for _ in range(2_000):
        before = listener.stats.completed
        listener.turn(monotonic_ns())
        answered.append(listener.stats.completed - before)
        for client in clients:
            client.turn(monotonic_ns())
    assert sum(answered) == 30
    assert max(answered) == 1
    assert all(client.ticket is not None for client in clients)
    for client in clients:
        client.close()
    listener.close()


def test_f6_more_bytes_than_the_cap_end_a_connection(listener: HandshakeListener) -> None:
    stranger = raw_stranger(listener)
    record = b"\x16\x03\x01\x40\x00" + b"\x01\x00\xff\xff" + bytes(16_380)  # The head of a ClientHello of 64 KiB.

    def flood() -> bool:
        send_some(stranger, record)
        return listener.stats.failed == 1

    drive(listener, until=flood)
    assert listener.in_flight == 0
    stranger.close()


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


def test_a_hello_may_come_byte_by_byte(listener: HandshakeListener, peers: Peers) -> None:
    client = ScriptedClient(listener)
    for value in hello_frame():
        client.say(bytes([value]))
    assert client.listen()[0] == spec.ACCEPT
    assert len(peers.tickets) == 1
    client.close()


def test_the_sink_knows_a_client_before_the_client_does(peers: Peers, listener: HandshakeListener) -> None:
    client = ScriptedClient(listener)
    seen: list[bool] = []
    register = peers.register
    peers.register = lambda *told: (seen.append(client._heard()), register(*told))[1]  # type: ignore
    client.say(hello_frame())
    assert client.listen()[0] == spec.ACCEPT
    assert seen == [False]
    client.close()


def test_a_silent_connection_is_gone_at_its_deadline(listener: HandshakeListener) -> None:
    stranger, now_ns = raw_stranger(listener), monotonic_ns()
    drive(listener, until=lambda: listener.in_flight == 1)
    rest(listener)
    deadline_ns = listener.next_deadline_ns()
    assert now_ns + 10 * SECOND_NS <= deadline_ns < now_ns + 12 * SECOND_NS
    listener.turn(deadline_ns - 1)
    assert listener.in_flight == 1
    listener.turn(deadline_ns)
    assert (listener.in_flight, listener.stats.timed_out) == (0, 1)
    assert listener.next_deadline_ns() == NEVER_NS
    assert is_closed(stranger)
    stranger.close()


def test_a_client_that_never_closes_is_closed_after_the_linger(listener: HandshakeListener) -> None:
    client = ScriptedClient(listener)
    client.say(hello_frame())
    assert client.listen()[0] == spec.ACCEPT
    drive(listener, until=lambda: listener.stats.completed == 1)
    rest(listener)
    deadline_ns = listener.next_deadline_ns()
    assert deadline_ns - monotonic_ns() <= 2 * SECOND_NS
    listener.turn(deadline_ns - 1)
    assert listener.in_flight == 1
    listener.turn(deadline_ns)
    assert (listener.in_flight, listener.stats.timed_out, listener.stats.failed) == (0, 0, 0)
    client.close()


def test_a_client_that_floods_after_its_answer_is_closed(listener: HandshakeListener) -> None:
    client = ScriptedClient(listener)
    client.say(hello_frame())
    client.listen()

    def flood() -> bool:
        send_some(client.link.tcp, bytes(16_384))
        return listener.in_flight == 0

    drive(listener, until=flood)
    assert listener.stats.failed == 0
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


def test_many_clients_at_once_all_get_in_while_one_is_silent(peers: Peers) -> None:
    listener = make_listener(SERVER, peers, MANY)
    silent = raw_stranger(listener)
    clients = [make_client(listener, TRUST) for _ in range(40)]
    drive(listener, *clients)
    assert all(client.ticket is not None for client in clients)
    assert len({ticket.peer_id for ticket in peers.tickets}) == 40
    for client in clients:
        client.close()
    silent.close()
    listener.close()


# Refusals: the reason arrives.


def test_l14_a_full_server_says_so_at_once(peers: Peers, listener: HandshakeListener) -> None:
    peers.places = 0
    error = error_of(listener)
    assert isinstance(error, RefusedError)
    assert error.code == CloseCode.SERVER_FULL
    assert "the server is full" in str(error)
    peers.places = 1
    connect(listener)
    assert error_of(listener).code == CloseCode.SERVER_FULL
    assert listener.stats.refused == 2


def test_l14_the_applications_own_code_and_reason_arrive(peers: Peers) -> None:
    listener = make_listener(SERVER, peers, admit=lambda *_: Refusal(2_345, "bannèd until Tuesday"))
    error = error_of(listener)
    assert isinstance(error, RefusedError)
    assert error.code == 2_345
    assert "bannèd until Tuesday" in str(error)
    assert peers.reserved == {}
    listener.close()


def test_other_channels_are_refused_with_the_servers_table(listener: HandshakeListener) -> None:
    error = error_of(listener, config=Config(channels={0: "unreliable"}))
    assert isinstance(error, ChannelsMismatchError)
    assert "0 reliable_ordered, 1 unreliable, 2 reliable_unordered, 3 sequenced" in str(error)


def test_another_app_is_refused(listener: HandshakeListener) -> None:
    error = error_of(listener, config=Config(app_id=5))
    assert error.code == CloseCode.APP_MISMATCH
    assert "5 at the client and 0 at the server" in str(error)


def test_a_client_of_a_later_version_is_refused_though_its_hello_is_unreadable(listener: HandshakeListener) -> None:
    client = ScriptedClient(listener)
    client.say(b"\x01\x00\x09\x00\x02\x00\x03later")
    refuse = handshake.decode_refuse(client.listen()[3:])
    assert refuse.code == CloseCode.VERSION_MISMATCH
    assert (refuse.version_min, refuse.version_max) == (1, 1)
    assert "2 to 3" in refuse.reason
    client.close()


def test_a_client_learns_of_a_version_mismatch(listener: HandshakeListener, monkeypatch: pytest.MonkeyPatch) -> None:
    client = make_client(listener, TRUST)
    client._hello = Hello(random=bytes(32), channels_hash=bytes(32), version_min=7, version_max=9)
    drive(listener, client)
    client.close()
    assert isinstance(client.error, VersionMismatchError)
    assert "7 to 9" in str(client.error)


# The application's decision.


def test_admit_sees_address_certificate_and_token(peers: Peers) -> None:
    seen: list[tuple[Address, bytes | None, bytes | None]] = []

    def admit(address: Address, certificate: bytes | None, token: bytes | None) -> Answer:
        seen.append((address, certificate, token))
        return None

    listener = make_listener(SERVER, peers, admit=admit)
    connect(listener, token=b"ticket to ride")
    [(address, certificate, token)] = seen
    assert (address.hi, address.lo) == (0, 0xFFFF_7F00_0001)
    assert (certificate, token) == (None, b"ticket to ride")
    listener.close()


def test_a_token_lets_its_bearer_in_once(peers: Peers) -> None:
    key = b"k" * 32
    verifier = TokenVerifier({0: key}, "eu-1")
    listener = make_listener(SERVER, peers, admit=require_token(verifier))
    token = make_token(key, client_id=77, server_name="eu-1", nonce=bytes(16), issued_s=wall_s())
    assert error_of(listener).code == CloseCode.TOKEN_REQUIRED
    assert error_of(listener, token=b"forged").code == CloseCode.TOKEN_INVALID
    connect(listener, token=token)
    assert [ticket.token_client_id for ticket in peers.tickets] == [77]
    error = error_of(listener, token=token)
    assert error.code == CloseCode.TOKEN_USED
    assert "token used" in str(error)
    listener.close()


def test_an_admit_that_fails_refuses_and_is_logged(peers: Peers, caplog: pytest.LogCaptureFixture) -> None:
    def admit(*_: object) -> Answer:
        raise RuntimeError("the database is away")

    listener = make_listener(SERVER, peers, admit=admit)
    assert error_of(listener).code == CloseCode.INTERNAL_ERROR
    assert "the database is away" in caplog.text
    assert peers.reserved == {}
    listener.close()


def test_false_is_a_no(peers: Peers) -> None:
    listener = make_listener(SERVER, peers, admit=lambda *_: False)
    assert error_of(listener).code == CloseCode.REFUSED
    listener.close()


@pytest.mark.parametrize("answer", [True, Refusal(1_001, "no")])
def test_an_answer_may_come_later_from_another_thread(answer: Answer, peers: Peers) -> None:
    waiting = Deferred()
    listener = make_listener(SERVER, peers, admit=lambda *_: waiting)
    client = make_client(listener, TRUST)
    drive(listener, client, until=lambda: len(peers.reserved) == 1 and not listener.turn(monotonic_ns()))
    assert not client.done
    thread = threading.Thread(target=waiting.resolve, args=(answer,))
    thread.start()
    thread.join(10)
    assert listener.next_deadline_ns() == 0
    drive(listener, client)
    assert (client.ticket is not None) == (answer is True)
    waiting.resolve(True)  # Too late to count.
    assert peers.reserved == {}
    client.close()
    listener.close()


def test_an_answer_that_was_there_already_counts(peers: Peers) -> None:
    waiting = Deferred()
    waiting.resolve(None)
    listener = make_listener(SERVER, peers, admit=lambda *_: waiting)
    connect(listener)
    listener.close()


def test_an_answer_that_never_comes_is_a_refusal_at_the_deadline(peers: Peers) -> None:
    listener = make_listener(SERVER, peers, admit=lambda *_: Deferred())
    client = make_client(listener, TRUST)
    drive(listener, client, until=lambda: len(peers.reserved) == 1)
    listener.turn(monotonic_ns() + 10 * SECOND_NS)
    drive(listener, client)
    client.close()
    assert client.error is not None
    assert "took too long" in str(client.error)
    assert peers.reserved == {}
    listener.close()


def test_l6_a_client_that_leaves_before_the_answer_frees_its_place(peers: Peers) -> None:
    waiting = Deferred()
    listener = make_listener(SERVER, peers, admit=lambda *_: waiting)
    client = make_client(listener, TRUST)
    drive(listener, client, until=lambda: len(peers.reserved) == 1)
    client.close()
    drive(listener, until=lambda: listener.in_flight == 0)
    waiting.resolve(True)
    listener.turn(monotonic_ns())
    assert (peers.reserved, peers.tickets) == ({}, [])
    listener.close()


def test_l6_a_client_that_talks_while_the_answer_is_awaited_is_dropped(peers: Peers) -> None:
    listener = make_listener(SERVER, peers, admit=lambda *_: Deferred())
    client = ScriptedClient(listener)
    client.say(hello_frame())
    drive(listener, until=lambda: len(peers.reserved) == 1)
    client.say(hello_frame())
    drive(listener, until=lambda: listener.in_flight == 0)
    assert (peers.reserved, listener.stats.failed) == ({}, 1)
    client.close()
    listener.close()


# Client certificates.


def test_with_a_client_ca_only_its_clients_get_in(peers: Peers) -> None:
    authority = issue(ca=True, subject="players")
    player, stranger = issue([], issuer=authority, subject="player 7"), issue([], subject="stranger")
    listener = make_listener(SERVER, peers, client_ca=authority.leaf)
    connect(listener, client_credentials=player)
    [ticket] = peers.tickets
    assert ticket.peer_certificate == player.leaf_der
    for wrong in (None, stranger):
        assert isinstance(error_of(listener, client_credentials=wrong), TlsFailedError)
    assert listener.stats.failed == 2
    listener.close()


def test_the_clients_certificate_is_part_of_the_keys(peers: Peers) -> None:
    player = issue([], subject="player")
    listener = make_listener(SERVER, peers, client_ca=player.leaf)
    client = make_client(listener, TRUST, client_credentials=player)
    drive(listener, client)
    assert client.ticket is not None
    assert client.ticket.exporter_secret == peers.tickets[0].exporter_secret
    client.close()
    listener.close()


# The door itself.


def test_a_port_in_use_says_so(listener: HandshakeListener) -> None:
    with pytest.raises(AddressInUseError, match=f"TCP port {listener.address[1]} .* choose another"):
        HandshakeListener(listener.address, SERVER, Config(), Peers(), endpoints=lambda: ())


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host.invalid"])
def test_a_host_that_is_not_ours_says_so(host: str) -> None:
    with pytest.raises(UsageError):
        HandshakeListener((host, 0), SERVER, Config(), Peers(), endpoints=lambda: ())


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_f22_an_empty_host_serves_both_families(host: str, peers: Peers) -> None:
    listener = make_listener(SERVER, peers, host="")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    connect(listener, candidates=[(family, (host, listener.address[1]))], server_name=None)
    listener.close()


def test_all_endpoints_are_announced(peers: Peers) -> None:
    endpoints = (Endpoint("192.0.2.1", 5), Endpoint("", 6))
    listener = make_listener(SERVER, peers, endpoints=lambda: endpoints)
    client = make_client(listener, TRUST)
    drive(listener, client)
    assert client.ticket is not None
    assert [(address.lo & 0xFFFFFFFF, address.port) for address in client.ticket.endpoints] == [
        (0x7F000001, 6),
        (0xC0000201, 5),
    ]
    client.close()
    listener.close()


def test_without_descriptors_the_door_pauses_and_opens_again(listener: HandshakeListener) -> None:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    strangers = [raw_stranger(listener) for _ in range(2)]
    lowest = socket.socket()
    free = lowest.fileno()
    lowest.close()
    now_ns = monotonic_ns()
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (free, limits[1]))
        listener.turn(now_ns)
        for _ in range(10):
            assert not listener.turn(now_ns)
            assert listener.next_deadline_ns() == now_ns + SECOND_NS // 10
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert (listener.stats.accept_errors, listener.in_flight) == (1, 0)
    listener.turn(now_ns + SECOND_NS // 10)
    drive(listener, until=lambda: listener.in_flight == 2)
    for stranger in strangers:
        stranger.close()


def test_a_freed_descriptor_opens_a_paused_door(listener: HandshakeListener) -> None:
    first = raw_stranger(listener)
    drive(listener, until=lambda: listener.in_flight == 1)
    second, limits = raw_stranger(listener), resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = socket.socket()
    free = lowest.fileno()
    lowest.close()
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (free, limits[1]))
        drive(listener, until=lambda: listener.stats.accept_errors == 1)
        first.close()
        drive(listener, until=lambda: listener.stats.accepted == 2)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    second.close()


def test_a_closed_listener_has_closed_everything(peers: Peers) -> None:
    listener = make_listener(SERVER, peers, admit=lambda *_: Deferred())
    stranger, client = raw_stranger(listener), make_client(listener, TRUST)
    drive(listener, client, until=lambda: len(peers.reserved) == 1 and listener.in_flight == 2)
    address = listener.address
    listener.close()
    assert is_closed(stranger)
    assert peers.reserved == {}
    with contextlib.closing(socket.socket()) as late:
        assert late.connect_ex(address) != 0
    stranger.close()
    client.close()
