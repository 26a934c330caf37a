"""Listening and dialling sockets: options, addresses, and errors in words."""

import select
import selectors
import socket

import pytest
from fastnet.net import tcp
from fastnet.protocol.errors import AddressInUseError, UsageError
from fastnet.protocol.ticket import NEVER_NS, Address


def test_sockets_of_one_listen_share_a_port_and_never_block() -> None:
    sockets = tcp.listen("localhost", 0)
    assert len({one.getsockname()[1] for one in sockets}) == 1
    for one in sockets:
        assert not one.getblocking()
        one.close()


def test_an_empty_host_is_both_families() -> None:
    [listening] = tcp.listen("", 0)
    port = listening.getsockname()[1]
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        dialling = tcp.connect(family, (host, port))
        assert select.select([], [dialling], [], 10)[1]
        assert tcp.pending_error(dialling) == ""
        dialling.close()
    listening.close()


def test_a_taken_port_a_bad_port_and_a_foreign_host_are_errors_in_words() -> None:
    [listening] = tcp.listen("127.0.0.1", 0)
    with pytest.raises(AddressInUseError, match="is taken: stop the other server, or choose another port"):
        tcp.listen("127.0.0.1", listening.getsockname()[1])
    with pytest.raises(UsageError, match=r"outside 0\.\.65535"):
        tcp.listen("127.0.0.1", 65_536)
    with pytest.raises(UsageError, match="is not an address of this machine"):
        tcp.listen("192.0.2.1", 0)
    listening.close()


def test_a_refused_connect_says_so() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        name = closed.getsockname()
    dialling = tcp.connect(socket.AF_INET, name)
    select.select([], [dialling], [], 10)
    assert tcp.pending_error(dialling) == "Connection refused"
    dialling.close()


def test_a_connect_that_fails_at_once_leaves_no_socket() -> None:
    with pytest.raises(OSError, match=r"Errno"):
        tcp.connect(socket.AF_INET6, ("fe80::1", 9, 0, 999_999))


def test_names_of_sockets_become_addresses_with_their_scope() -> None:
    assert tcp.address_of(("127.0.0.1", 5)) == Address(0, 0xFFFF_7F00_0001, 5)
    assert tcp.address_of(("::ffff:127.0.0.1", 5, 0, 0)) == Address(0, 0xFFFF_7F00_0001, 5)
    assert tcp.address_of(("fe80::1%eth0", 5, 0, 3)) == Address(0xFE80 << 48, 1, 5, 3)


def test_a_selector_that_nobody_can_wait_on_is_looked_at_every_few_milliseconds() -> None:
    """Windows has no other kind, so its handshakes would sleep until their deadlines."""
    with selectors.SelectSelector() as blind, selectors.DefaultSelector() as sighted:
        assert 0 < tcp.look_again_ns(blind, 7_000_000) - 7_000_000 <= 5_000_000
        assert tcp.look_again_ns(sighted, 7_000_000) == NEVER_NS
