"""L2: a server that stops and starts in one process never meets an old key, nor an old number under one."""

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
