"""Sleeping on several descriptors: whatever wakes it is named, and a wake from another thread is never lost."""

import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastnet.net.udp import UdpSocket
from fastnet.net.waiter import Waiter
from fastnet.protocol.errors import UsageError
from fastnet.protocol.ticket import NEVER_NS

SECOND_NS = 1_000_000_000
MANY = 20
"""So many waits for the same descriptors make an epoll."""


@pytest.fixture
def waiter() -> Iterator[Waiter]:
    made = Waiter()
    yield made
    made.close()


def settle(waiter: Waiter) -> None:
    """Wait until it has an epoll. The first wait after a change may end for a wake that was heard already."""
    assert [waiter.wait(0) for _ in range(MANY)][1:] == [0] * (MANY - 1)


def epolls() -> int:
    """How many this process has open."""
    return sum(file.resolve().name == "anon_inode:[eventpoll]" for file in Path("/proc/self/fd").iterdir())


def test_wake_from_another_thread_ends_a_wait() -> None:
    waiter = Waiter()
    waker = threading.Thread(target=waiter.wake)
    waker.start()
    assert waiter.wait(NEVER_NS) == 1
    waker.join()
    assert waiter.wait(0) == 0, "a wake counts once"
    waiter.wake()
    waiter.wake()
    assert waiter.wait(NEVER_NS) == 1
    assert waiter.wait(0) == 0
    waiter.close()
    waiter.wake()


def test_a_signal_ends_the_sleep_and_its_handler_may_raise() -> None:
    """Otherwise Ctrl-C would be heard only when the next datagram comes."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    waiter, before = Waiter(), signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        with pytest.raises(KeyboardInterrupt):
            waiter.wait(5 * SECOND_NS)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        waiter.close()


def test_a_waiter_says_which_descriptor_is_ready() -> None:
    waiter = Waiter()
    sockets = [UdpSocket.bind("127.0.0.1", 0) for _ in range(7)]
    for sock in sockets:
        waiter.watch(sock.fileno())
    with pytest.raises(UsageError, match="at most 7"):
        waiter.watch(0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", sockets[3].address)
    assert waiter.wait(SECOND_NS) == 1
    assert [waiter.is_ready(sock.fileno()) for sock in sockets] == [index == 3 for index in range(7)]
    waiter.unwatch(sockets[3].fileno())
    waiter.unwatch(12_345)
    assert waiter.wait(0) == 0
    assert not waiter.is_ready(sockets[3].fileno())
    for sock in sockets:
        sock.close()
    waiter.close()


def test_after_many_waits_all_is_as_before(waiter: Waiter) -> None:
    first, second = UdpSocket.bind("127.0.0.1", 0), UdpSocket.bind("127.0.0.1", 0)
    waiter.watch(first.fileno())
    settle(waiter)
    waiter.wake()
    waiter.wake()
    assert waiter.wait(NEVER_NS) == 1
    assert waiter.wait(1_000_000) == 0, "a wake counts once"
    waiter.watch(second.fileno())
    settle(waiter)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", second.address)
    for _ in range(3):
        assert waiter.wait(SECOND_NS) == 1, "what is not read is found again"
        assert [waiter.is_ready(sock.fileno()) for sock in (first, second)] == [False, True]
    waiter.unwatch(second.fileno())
    settle(waiter)
    first.close()
    second.close()


def test_the_number_of_a_closed_descriptor_may_come_again(waiter: Waiter) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for _ in range(3):
            sock = UdpSocket.bind("127.0.0.1", 0)
            waiter.watch(sock.fileno())
            settle(waiter)
            sender.sendto(b"x", sock.address)
            assert waiter.wait(SECOND_NS) == 1
            waiter.unwatch(sock.fileno())
            sock.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks")
def test_a_forked_childs_copy_wakes_nobody(waiter: Waiter) -> None:
    """To an epoll the file of a closed descriptor lives on in the child."""
    sock = UdpSocket.bind("127.0.0.1", 0)
    address, (go_on, end) = sock.address, os.pipe()
    waiter.watch(sock.fileno())
    settle(waiter)
    child = os.fork()
    if child == 0:
        os.close(end)
        os.read(go_on, 1)
        os._exit(0)
    waiter.unwatch(sock.fileno())
    sock.close()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", address)
    settle(waiter)
    os.close(end)
    os.close(go_on)
    os.waitpid(child, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="an epoll is Linux's")
def test_an_epoll_is_closed_with_its_waiter_and_done_without_where_none_is_left() -> None:
    before, limit = epolls(), resource.getrlimit(resource.RLIMIT_NOFILE)
    waiter = Waiter()
    settle(waiter)
    assert epolls() == before + 1
    waiter.close()
    assert epolls() == before
    waiter = Waiter()
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, limit[1]))
    try:
        settle(waiter)
        waiter.wake()
        assert [waiter.wait(SECOND_NS), waiter.wait(0)] == [1, 0]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limit)
    assert epolls() == before
    waiter.close()
