"""Which address a client gets to, when some are dead, and what it says when all of them are."""

import socket

import pytest
from fastnet.net.clock import monotonic_ns
from fastnet.net.dial import ATTEMPT_DELAY_MS
from fastnet.net.listener import HandshakeListener
from fastnet.protocol.config import Config
from fastnet.protocol.errors import TcpUnreachableError
from fastnet.protocol.numbers import CloseCode
from scripted_server import Candidate, ScriptedServer, dial, text_of
from tls_world import drive

MS = 1_000_000
pytestmark = pytest.mark.usefixtures("config_folder")


def test_f23_a_dead_first_address_costs_a_quarter_of_a_second(
    black_hole: Candidate, listener: HandshakeListener
) -> None:
    began_ns = monotonic_ns()
    client = dial(black_hole, (socket.AF_INET, listener.address))
    assert client.next_deadline_ns() - began_ns < (ATTEMPT_DELAY_MS + 50) * MS
    client.turn(began_ns + 10 * MS)
    assert client.tcp_peer is None
    client.turn(began_ns + 300 * MS)  # Later than the delay, though it has not passed: time is an argument.
    drive(listener, client)
    assert client.ticket is not None
    assert client.tcp_peer == client.ticket.endpoints[0].__class__(0, 0xFFFF_7F00_0001, listener.address[1])
    client.close()


def test_f23_a_refusing_first_address_costs_nothing(refusing: Candidate, listener: HandshakeListener) -> None:
    began_ns = monotonic_ns()
    client = dial(refusing, (socket.AF_INET, listener.address))
    drive(listener, client)
    assert client.ticket is not None
    assert monotonic_ns() - began_ns < ATTEMPT_DELAY_MS * MS
    client.close()


def test_f23_a_black_hole_is_tcp_unreachable_in_time(black_hole: Candidate) -> None:
    began_ns = monotonic_ns()
    client = dial(black_hole, black_hole, config=Config(connect_timeout_ms=1_000))
    client.turn(began_ns + 260 * MS)
    client.turn(began_ns + 1_200 * MS)
    assert not client.done  # The second one has its own second.
    client.turn(began_ns + 1_300 * MS)
    text = text_of(client, TcpUnreachableError)
    assert text.count("no answer in 1,000 ms") == 2
    assert f"no TCP connection to localhost port {black_hole[1][1]}" in text


def test_f23_a_closed_port_is_tcp_unreachable_with_what_to_check(refusing: Candidate) -> None:
    client = dial(refusing)
    drive(None, client)
    assert client.error is not None
    assert client.error.code == CloseCode.TCP_UNREACHABLE
    text = text_of(client, TcpUnreachableError)
    assert f"127.0.0.1:{refusing[1][1]}: Connection refused" in text
    assert "is the server running, is the port right, and does its firewall let TCP through?" in text


def test_an_address_without_a_route_is_passed_over(listener: HandshakeListener) -> None:
    nowhere: Candidate = (socket.AF_INET6, ("fe80::1", 9, 0, 999_999))
    client = dial(nowhere, (socket.AF_INET, listener.address))
    drive(listener, client)
    assert client.ticket is not None
    client.close()


def test_the_losers_of_the_race_are_closed(server: ScriptedServer, listener: HandshakeListener) -> None:
    client = dial((socket.AF_INET, listener.address), server.candidate)
    drive(listener, client)
    assert client.ticket is not None
    assert server.accepted() is None  # The first answered, so the second was never asked.
    client.close()
