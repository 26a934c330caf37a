"""Polls that hear first and write later, of who spins and of who was woken: time goes on for everybody meanwhile."""

import threading

from fastnet import Client, CloseCode, Config, Connected, Data, Disconnected, Server
from fastnet.net.clock import monotonic_ns
from socket_world import LIMIT_S, Stage, linked, make_server, trusting

QUIET = Config(idle_timeout_ms=1_000, keepalive_ms=300)


def silent_and_talker(server: Server) -> tuple[Client, Client]:
    """Two clients of a server; one of them will never be heard of again."""
    silent = Client(server.tcp_address, trust=trusting(server), config=QUIET)
    talker = Client(server.tcp_address, trust=trusting(server), config=QUIET)
    limit_ns = monotonic_ns() + int(LIMIT_S * 1e9)
    while len(server.peers()) < 2 and monotonic_ns() < limit_ns:
        server.poll()
        silent.poll()
        talker.poll()
    return silent, talker


def test_a_silent_peer_times_out_while_every_poll_of_a_spinning_server_brings_something() -> None:
    server = make_server(spin=True, config=QUIET)
    silent, talker = silent_and_talker(server)
    limit_ns = monotonic_ns() + int(LIMIT_S * 1e9)
    gone: list[Disconnected] = []
    for _ in range(3):  # So many are always waiting, and a poll takes one.
        talker.send(1, 1, b"again")
    while not gone and monotonic_ns() < limit_ns:
        talker.send(1, 1, b"again")
        talker.poll()
        events = server.poll(0.01)
        gone += [event for event in events if isinstance(event, Disconnected)]
    assert [event.code for event in gone] == [CloseCode.IDLE_TIMEOUT]
    Stage(server, talker, silent).close()


def test_a_silent_peer_times_out_while_each_wait_is_ended_by_another() -> None:
    server = make_server(config=QUIET)
    silent, talker = silent_and_talker(server)
    over = threading.Event()

    def echo() -> None:
        while not over.is_set():
            for event in talker.poll(0.05):
                if isinstance(event, Data):
                    talker.send(1, 1, event.data)

    echoes = threading.Thread(target=echo)
    echoes.start()
    limit_ns = monotonic_ns() + int(LIMIT_S * 1e9)
    gone: list[Disconnected] = []
    for peer in server.peers():
        server.send(peer, 1, b"ball")
    heard = 0
    while not gone and monotonic_ns() < limit_ns:
        for event in server.poll(0.05):
            if isinstance(event, Data):
                heard += 1
                server.send(event.peer_id, 1, event.data)
            elif not isinstance(event, Connected):
                gone.append(event)
    over.set()
    echoes.join()
    assert [event.code for event in gone] == [CloseCode.IDLE_TIMEOUT]
    assert heard > 100
    Stage(server, talker, silent).close()


def test_a_poll_some_time_after_a_wait_takes_all_that_came_meanwhile() -> None:
    stage, server, client = linked()

    def send() -> None:
        for number in range(5):
            client.send(1, 1, b"%d" % number)

    for _ in range(20):
        sender = threading.Thread(target=send)
        sender.start()
        assert server.wait(LIMIT_S)
        sender.join()
        events = server.poll()
        assert [event.data for event in events if isinstance(event, Data)] == [b"%d" % number for number in range(5)]
        client.poll()
    stage.close()
