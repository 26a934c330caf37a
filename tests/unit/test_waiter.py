"""Sleeping on several descriptors: whatever wakes it is named, and a wake from another thread is never lost."""

import signal
import socket
import threading

import pytest
from fastnet.net.udp import UdpSocket
from fastnet.net.waiter import Waiter
from fastnet.protocol.errors import UsageError
from fastnet.protocol.ticket import NEVER_NS

SECOND_NS = 1_000_000_000


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
