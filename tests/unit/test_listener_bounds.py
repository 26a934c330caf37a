"""What strangers cost at the server's door at most: connections, bytes, time, and work in a turn."""

import resource

from fastnet.net.clock import monotonic_ns
from fastnet.net.listener import HandshakeListener
from fastnet.protocol import spec
from fastnet.protocol.config import Config
from fastnet.protocol.ticket import NEVER_NS
from strangers import ScriptedClient, client_hello, hello_frame, is_closed, raw_stranger, send_some
from tls_world import SERVER, TRUST, Peers, connect, drive, make_client, make_listener, rest

SECOND_NS = 1_000_000_000
MANY = Config(handshakes_per_address=1_000, handshake_burst=1_000)


def test_l6_whoever_is_gone_no_longer_counts_towards_a_cap(peers: Peers) -> None:
    listener = make_listener(SERVER, peers, Config(handshakes_max=3, handshakes_per_address=2))
    for _ in range(5):
        raw_stranger(listener).close()
        connect(listener)
        drive(listener, until=lambda: listener.in_flight == 0)
    assert (listener.stats.over_cap, listener.stats.completed) == (0, 5)
    listener.close()


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


def test_f6_more_bytes_than_the_cap_end_a_connection(listener: HandshakeListener) -> None:
    stranger = raw_stranger(listener)
    record = b"\x16\x03\x01\x40\x00" + b"\x01\x00\xff\xff" + bytes(16_380)  # The head of a ClientHello of 64 KiB.

    def flood() -> bool:
        send_some(stranger, record)
        return listener.stats.failed == 1

    drive(listener, until=flood)
    assert listener.in_flight == 0
    stranger.close()


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
