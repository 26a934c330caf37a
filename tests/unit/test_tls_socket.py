"""TLS over a real socket that does not take everything at once."""

import socket
from collections.abc import Iterator

import pytest
from fastnet.net.devca import self_signed
from fastnet.net.tls import ClientTls, ServerTls, TlsError, client_context, server_context
from fastnet.net.tls_socket import TlsSocket

SERVER = self_signed(["localhost"])
Links = tuple[TlsSocket, TlsSocket]


@pytest.fixture
def links() -> Iterator[Links]:
    ends = socket.socketpair()
    for end in ends:
        end.setblocking(False)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_608)
    client = TlsSocket(ends[0], ClientTls(client_context(), "localhost", 1 << 20))
    server = TlsSocket(ends[1], ServerTls(server_context(SERVER), 1 << 20))
    for _ in range(6):
        for link in (client, server):
            while link.receive():
                pass
            if not link.tls.done:
                link.tls.step()
            link.flush()
    assert client.tls.done
    assert server.tls.done
    yield client, server
    client.close()
    server.close()


def test_nothing_to_receive_and_nothing_to_send_is_no_error(links: Links) -> None:
    for link in links:
        assert not link.receive()
        assert not link.flush()
        assert not link.wants_write


def test_what_the_kernel_does_not_take_goes_later_and_in_order(links: Links) -> None:
    client, server = links
    expected = b""
    for number in range(30):
        piece = bytes([number]) * 1_000
        client.tls.write(piece)
        client.flush()
        expected += piece
    assert client.wants_write
    received = b""
    for _ in range(200):
        server.receive()
        received += server.tls.read()
        client.flush()
    assert received == expected
    assert not client.wants_write


def test_the_end_of_the_other_side_is_an_error(links: Links) -> None:
    client, server = links
    client.close()
    while server.tcp.recv(1, socket.MSG_PEEK):  # What OpenSSL sent after its handshake.
        server.receive()
    with pytest.raises(TlsError, match="closed the connection"):
        server.receive()
    server.tls.write(b"x")
    with pytest.raises(TlsError):
        server.flush()
