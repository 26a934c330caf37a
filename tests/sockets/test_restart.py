"""L2: a server that stops and starts in one process never meets an old key, nor an old number under one."""

import socket
from typing import Any

from fastnet import Client, Data
from fastnet.protocol.ticket import Ticket
from socket_world import Stage, make_server, trusting

ROUNDS = 3


class Recording(Client):
    """Remembers the secret from which all keys of its connection come."""

    secrets: list[bytes]

    def _bind(self, ticket: Ticket, now_ns: int) -> None:
        self.secrets.append(ticket.exporter_secret)
        super()._bind(ticket, now_ns)


def test_l2_a_server_started_again_in_the_same_process_has_new_keys_each_time() -> None:
    Recording.secrets = []
    udp: Any = "127.0.0.1:0"
    tcp: Any = "127.0.0.1:0"
    for number in range(ROUNDS):
        server = make_server(udp, tcp)
        udp, tcp = server.udp_address, server.tcp_address  # The next one takes over the same ports.
        client = Recording(tcp, trust=trusting(server))
        stage = Stage(server, client)
        stage.play(lambda: client.peers() == [1])  # noqa: B023
        client.send(1, 0, bytes([number]))
        stage.play(lambda: [e for e in stage.heard[client] if isinstance(e, Data)])  # noqa: B023
        assert stage.data(client) == [bytes([number])]
        client.close()
        server.close()
    assert len(set(Recording.secrets)) == ROUNDS, "each connection has keys of its own"


def test_a_server_cannot_be_asked_for_the_reset_tokens_of_another_with_the_same_certificate() -> None:
    one, other = make_server(), make_server()
    client = Client(one.tcp_address, trust=trusting(one))
    stage = Stage(one, other, client)
    stage.play(lambda: client.peers() == [1])
    assert one.pump is not None
    peer = next(peer for peer in one.pump.endpoint.slots if peer is not None)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.setblocking(False)
        stranger.sendto(b"\x41" + peer.receive_id.to_bytes(8) + bytes(60), other.udp_address)  # Seen on the way.
        stage.play(lambda: other.stats().resets_sent == 1)
        answer = stranger.recv(100)
    assert answer[-16:] == other.pump.endpoint.resets.token(peer.receive_id)  # type: ignore[union-attr]
    assert answer[-16:] != one.pump.endpoint.resets.token(peer.receive_id)
