"""Clients move, servers have several addresses, and NATs forget: the session goes on."""

import socket
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from fastnet import Client, CloseCode, Disconnected, Server
from fastnet.net.clock import monotonic_ns
from fastnet.protocol.handshake import Endpoint as Announced
from namespaces import Networks, two_networks
from nat import Nat
from socket_world import OWN_HOST, Driver, Stage, linked, make_server, quick, trusting


@pytest.fixture
def behind_nat() -> Iterator[tuple[Stage, Server, Client, Nat]]:
    with Nat() as nat:
        server = make_server(("::", 0), advertise=[nat.address])
        nat.target = ("127.0.0.1", server.udp_address[1])
        client = Client(server.tcp_address, trust=trusting(server))
        stage = Stage(server, client)
        stage.play(lambda: stage.has(client) and stage.has(server))
        yield stage, server, client, nat
        stage.close()


class Traffic:
    """Numbered messages on the reliable channels and a tick on 1, both ways through the server's echo."""

    def __init__(self, stage: Stage, client: Client) -> None:
        self.stage, self.client, self.sent = stage, client, 0

    def send(self, count: int) -> None:
        for _ in range(count):
            for channel in (0, 1, 2):
                self.client.send(1, channel, self.sent.to_bytes(4))
            self.sent += 1

    def complete(self) -> bool:
        return all(len(self.stage.data(self.client, channel)) == self.sent for channel in (0, 2))

    def check(self) -> None:
        wanted = [number.to_bytes(4) for number in range(self.sent)]
        assert self.stage.data(self.client, 0) == wanted
        assert sorted(self.stage.data(self.client, 2)) == wanted
        assert not self.stage.has(self.client, Disconnected)


def seen_by(server: Server) -> str:
    return server.peer(server.peers()[0]).address


@pytest.mark.parametrize("outside", ["127.0.0.1", "127.0.0.2"], ids=["other port", "other IP"])
def test_f20_a_nat_that_forgets_its_client_does_not_end_the_session(
    behind_nat: tuple[Stage, Server, Client, Nat], outside: str
) -> None:
    stage, server, client, nat = behind_nat
    traffic = Traffic(stage, client)
    traffic.send(50)
    for _ in range(3):
        nat.move(outside)
        traffic.send(50)
        stage.play(traffic.complete)
        stage.play(lambda: seen_by(server) == "{}:{}".format(*nat.outside))
    traffic.check()


def test_f20_from_ipv4_to_ipv6(behind_nat: tuple[Stage, Server, Client, Nat]) -> None:
    stage, server, client, nat = behind_nat
    traffic = Traffic(stage, client)
    traffic.send(20)
    stage.play(traffic.complete)
    nat.move("::1", ("::1", server.udp_address[1]))
    traffic.send(20)
    stage.play(traffic.complete)
    stage.play(lambda: seen_by(server) == "[{}]:{}".format(*nat.outside))
    traffic.check()


def test_f20_rebind_keeps_the_session_and_tells_the_server_at_once() -> None:
    stage, server, client = linked()
    traffic = Traffic(stage, client)
    for _ in range(5):
        traffic.send(30)
        before = client.udp_address
        client.rebind()
        assert client.udp_address != before
        stage.play(lambda: seen_by(server) == "{}:{}".format(*client.udp_address or ()))
        traffic.send(30)
        stage.play(traffic.complete)
    traffic.check()
    stage.close()


def test_f20_a_server_that_only_talks_finds_a_silent_client_again(
    behind_nat: tuple[Stage, Server, Client, Nat],
) -> None:
    """The client says nothing by itself: its keepalive shows the new way within a second."""
    stage, server, client, nat = behind_nat
    nat.move()
    (peer_id,) = server.peers()
    server.send(peer_id, 0, b"are you there?")
    before_ns = monotonic_ns()
    stage.play(lambda: stage.data(client))
    assert monotonic_ns() - before_ns < 8_000_000_000  # A keepalive of 1 s, on a loaded machine.


def test_f21_a_client_that_died_and_comes_back_by_the_same_port_is_a_new_peer() -> None:
    """Killed without a word; the next one's datagrams come from the same address, which is no identity here."""
    with Nat() as nat:
        server = make_server(advertise=[nat.address], config=quick())
        nat.target = server.udp_address
        first = Client(server.tcp_address, trust=trusting(server), config=quick())
        stage = Stage(server, first)
        stage.play(lambda: stage.has(first) and stage.has(server))
        stage.leave(first)
        first.release()
        (old,) = server.peers()
        second = Client(server.tcp_address, trust=trusting(server), config=quick())
        stage.add(second)
        stage.play(lambda: len(server.peers()) == 2)
        assert server.peer(old).address == server.peer(max(server.peers(), key=lambda peer: peer != old)).address
        second.send(1, 0, b"I am new")
        stage.play(lambda: stage.data(second))
        stage.play(lambda: stage.has(server, Disconnected))
        gone = stage.heard[server][-1]
        assert isinstance(gone, Disconnected)
        assert (gone.peer_id, gone.code, gone.by_peer) == (old, CloseCode.IDLE_TIMEOUT, False)
        assert not stage.has(second, Disconnected)
        stage.close()


@pytest.mark.parametrize(
    ("udp", "tcp", "reach"),
    [
        (("::1", 0), ("::1", 0), "::1"),
        (("127.0.0.1", 0), ("127.0.0.1", 0), "127.0.0.1"),
        (("::", 0), ("::", 0), "::1"),
        (("::", 0), ("::", 0), "127.0.0.1"),
        (("", 0), ("", 0), "127.0.0.2"),
        (("0.0.0.0", 0), ("0.0.0.0", 0), "127.0.0.3"),
        (("::", 0), ("::", 0), "127.0.0.2"),
    ],
)
def test_f22_replies_come_from_the_address_that_was_asked(
    udp: tuple[str, int], tcp: tuple[str, int], reach: str
) -> None:
    """The client's socket is connected, so an answer from any other address would never reach it."""
    server = make_server(udp, tcp)
    client = Client((reach, server.tcp_address[1]), trust=trusting(server))
    stage = Stage(server, client)
    stage.play(lambda: stage.has(client) and stage.has(server))
    client.send(1, 0, b"asked at " + reach.encode())
    stage.play(lambda: stage.data(client))
    assert stage.data(client) == [b"asked at " + reach.encode()]
    assert reach in client.peer(1).address
    stage.close()


@pytest.mark.parametrize("living", ["127.0.0.1", "::1"])
def test_f22_a_server_with_addresses_of_both_families_is_reached_by_the_one_that_lives(living: str) -> None:
    dead = "127.0.0.9" if living == "::1" else "::1"
    with make_server((living, 0), ("127.0.0.1", 0), advertise=[(dead, 9)]) as server:
        server._announced.append(Announced(living, server.udp_address[1]))
        client = Client(server.tcp_address, trust=trusting(server))
        stage = Stage(server, client)
        stage.play(lambda: stage.has(client) and stage.has(server))
        client.rebind()
        client.send(1, 0, b"from elsewhere")
        stage.play(lambda: stage.data(client))


def test_a_server_that_names_an_address_that_cannot_be_ends_the_connect_by_its_reason() -> None:
    with make_server(advertise=["255.255.255.255:9"]) as server:
        client = Client(server.tcp_address, trust=trusting(server))
        stage = Stage(server, client)
        stage.play(lambda: stage.has(client, Disconnected))
        (end,) = stage.heard[client]
        assert isinstance(end, Disconnected)
        assert (end.code, end.by_peer) == (CloseCode.UDP_UNREACHABLE, False)
        assert "255.255.255.255" in end.reason


def test_f22_ipv6_only_does_not_answer_ipv4() -> None:
    server = make_server(("::1", 0), ("::1", 0))
    client = Client(("127.0.0.1", server.tcp_address[1]), trust=trusting(server))
    stage = Stage(server, client)
    stage.play(lambda: stage.has(client, Disconnected))
    assert stage.heard[client][0].code == CloseCode.TCP_UNREACHABLE  # type: ignore[union-attr]
    stage.close()


def test_l12_a_server_that_vanished_costs_neither_the_session_nor_the_processor() -> None:
    """Its port answers with ICMP errors; the client goes on until the idle timeout, and sleeps in between."""
    stage, server, client = linked(quick(), udp=(OWN_HOST, 0), tcp=(OWN_HOST, 0))
    address = server.udp_address
    stage.leave(server)
    server.release()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(address)  # Free indeed; and closed again, so that the kernel answers for it.
    turns, before_ns = stage.turns, monotonic_ns()
    client.send(1, 0, b"anybody?")
    stage.play(lambda: stage.has(client, Disconnected))
    lasted_s = (monotonic_ns() - before_ns) / 1e9
    assert stage.heard[client][-1].code == CloseCode.IDLE_TIMEOUT  # type: ignore[union-attr]
    assert lasted_s > 0.9
    assert stage.turns - turns < 100 + lasted_s * 100, "the loop turned without anything to do"
    stage.close()


class TwoNetworks(Stage):
    """A stage whose client opens its sockets in a network of its own."""

    def __init__(self, networks: Networks, server: Server, client: Client) -> None:
        super().__init__(server, client)
        self._networks = networks

    def _turn(self, driver: Driver) -> None:
        with self._networks.client_side() if isinstance(driver, Client) else nullcontext():
            super()._turn(driver)


def test_f20_in_two_networks_the_client_changes_its_network() -> None:
    """In network namespaces where the system allows them, else on loopback: a cable is pulled, another plugged in."""
    with two_networks() as networks:
        with networks.server_side():
            server = make_server((networks.server, 0), (networks.server, 0))
        with networks.client_side():
            client = Client(server.tcp_address, trust=trusting(server))
        stage = TwoNetworks(networks, server, client)
        stage.play(lambda: stage.has(client) and stage.has(server))
        traffic = Traffic(stage, client)
        traffic.send(50)
        stage.play(traffic.complete)
        before = seen_by(server)
        networks.change_client_address()
        traffic.send(50)
        with networks.client_side():
            client.rebind()
        stage.play(traffic.complete)
        traffic.check()
        stage.play(lambda: seen_by(server) != before)
        stage.close()


def test_l12_a_pulled_cable_is_waited_for_and_every_send_is_kept() -> None:
    """While the network is unreachable each send fails at once: nothing ends, nothing spins, all arrives afterwards."""
    with two_networks() as networks:
        with networks.server_side():
            server = make_server((networks.server, 0), (networks.server, 0))
        with networks.client_side():
            client = Client(server.tcp_address, trust=trusting(server))
        stage = TwoNetworks(networks, server, client)
        stage.play(lambda: stage.has(client) and stage.has(server))
        traffic = Traffic(stage, client)
        networks.set_cable(plugged=False)
        turns = stage.turns
        traffic.send(20)
        stage.play_for(1)
        assert stage.turns - turns < 500
        networks.set_cable(plugged=True)
        stage.play(traffic.complete)
        traffic.check()


def test_a_dead_path_is_waited_for(behind_nat: tuple[Stage, Server, Client, Nat]) -> None:
    stage, _, client, nat = behind_nat
    traffic = Traffic(stage, client)
    traffic.send(20)
    stage.play(traffic.complete)
    nat.blocked = True
    traffic.send(20)
    stage.play_for(1)
    assert not traffic.complete()
    nat.blocked = False
    stage.play(traffic.complete)
    traffic.check()
