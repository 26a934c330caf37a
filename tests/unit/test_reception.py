"""The server's side of one handshake without a listener: it works on any pair of sockets."""

import os
import socket

from fastnet.net.devca import self_signed
from fastnet.net.reception import Desk, Reception, State
from fastnet.net.tls import ClientTls, ServerTls, client_context, server_context
from fastnet.net.tls_socket import TlsSocket
from fastnet.protocol import handshake, negotiation, spec
from fastnet.protocol.config import Config
from fastnet.protocol.handshake import Endpoint
from fastnet.protocol.ticket import Address
from tls_world import Peers

SERVER = self_signed(["localhost"])


class CountingSocket(TlsSocket):
    """Counts how often something left."""

    flights = 0

    def flush(self) -> bool:
        left = super().flush()
        self.flights += left
        return left


def test_a_handshake_passes_through_its_states_and_ends_accepted() -> None:
    ends, peers, states = socket.socketpair(), Peers(), []
    for end in ends:
        end.setblocking(False)
    client = TlsSocket(ends[0], ClientTls(client_context(), "localhost", 65_536))
    desk = Desk(Config(), peers, lambda: (Endpoint("", 9),), None, (), os.urandom, lambda: 0)
    link = CountingSocket(ends[1], ServerTls(server_context(SERVER), 65_536))
    reception = Reception(link, Address(0, 1, 2), desk, lambda _: None)
    hello = negotiation.make_hello(Config(), random=bytes(32), has_aes=False, client_cid=b"", token=None)
    answer = b""
    for now_ns in range(1_000, 20_000, 1_000):
        client.receive()
        if not client.tls.done and client.tls.step():
            client.tls.write(handshake.encode_hello(hello, bytes(handshake.GREASE_BYTES)))
        answer += client.tls.read() if client.tls.done else b""
        client.flush()
        if link.receive():
            reception.advance(now_ns)
        states.append(reception.state)
    assert [*dict.fromkeys(states)] == [State.TLS, State.ACCEPTED]
    assert answer[0] == spec.ACCEPT
    assert peers.tickets[0].first_rtt_ns == 1_000
    assert link.flights == 2  # TLS has session tickets to send, which go with the answer.
    reception.advance(99_000)  # Nothing more happens.
    reception.time_out()
    reception.abandon()
    assert len(peers.tickets) == 1
    client.close()
    link.close()


def test_an_abandoned_handshake_gives_its_place_back_once() -> None:
    peers, plain = Peers(), socket.socket()
    link = TlsSocket(plain, ServerTls(server_context(SERVER), 65_536))
    desk = Desk(Config(), peers, lambda: (Endpoint("", 9),), None, (), os.urandom, lambda: 0)
    reception = Reception(link, Address(0, 1, 2), desk, lambda _: None)
    reception._reservation = peers.reserve()
    reception.abandon()
    reception.abandon()
    assert peers.reserved == {}
    link.close()
