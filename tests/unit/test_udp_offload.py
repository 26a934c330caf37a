"""Many datagrams in one piece, on their way out (GSO) and in (GRO): every byte, in order, with its size and path."""

import threading

import pytest
from fastnet.net.clock import monotonic_ns
from fastnet.net.udp import UdpSocket
from fastnet.protocol.address import parse_address
from fastnet.protocol.datagram import Datagram

SECOND_NS = 1_000_000_000
BATCH = 64


def joined(host: str, connect: bool) -> tuple[UdpSocket, UdpSocket, Datagram]:
    """A bound socket, one that speaks to it, and the address that it speaks to."""
    bound = UdpSocket.bind(host, 0)
    there = parse_address(host if host not in ("0.0.0.0", "::") else "127.0.0.1", bound.address[1])
    sender = UdpSocket.open_towards(there, connect=connect)
    path = Datagram(64)
    path.remote_hi, path.remote_lo, path.remote_port = there.hi, there.lo, there.port
    return bound, sender, path


def send_all(sender: UdpSocket, path: Datagram, contents: list[bytes]) -> int:
    for content in contents:
        out = sender.next_out()
        out.load(content)
        out.copy_path(path)
        sender.commit()
    return sender.flush()


def receive_all(bound: UdpSocket, count: int) -> list[bytes]:
    found: list[bytes] = []
    while len(found) < count:
        if not bound.more():
            assert bound.wait(SECOND_NS), f"{len(found)} of {count} came"
        found += [bound.datagram(index).content() for index in range(bound.receive_batch(BATCH))]
    return found


@pytest.mark.parametrize("connect", [True, False])
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::1", "::"])
@pytest.mark.parametrize(
    "sizes",
    [[1_200] * 64, [1_200] * 10 + [30], [100, 1_200, 1_200, 30, 30, 31, 1], [1_472] * 50, [1] * 64, [64, 63] * 32],
    ids=["one size", "a short last one", "mixed", "largest", "smallest", "falling"],
)
def test_a_batch_arrives_as_the_datagrams_it_was_made_of(host: str, connect: bool, sizes: list[int]) -> None:
    bound, sender, path = joined(host, connect)
    contents = [bytes([index]) * size for index, size in enumerate(sizes)]
    try:
        assert send_all(sender, path, contents) == len(contents)
        assert receive_all(bound, len(contents)) == contents
        assert sender.counters.sent == bound.counters.received == len(contents)
        assert sender.counters.sent_bytes == bound.counters.received_bytes == sum(sizes)
    finally:
        bound.close()
        sender.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::"])
def test_a_flood_is_read_in_long_pieces_without_loss_and_the_end_of_the_flood_ends_that(host: str) -> None:
    bound, sender, path = joined(host, True)
    began = False
    try:
        for number in range(200):
            contents = [bytes([index, number]) * 300 for index in range(BATCH)]
            assert send_all(sender, path, contents) == BATCH
            assert receive_all(bound, BATCH) == contents
            began = began or bound.reads_long
        assert began
        source = bound.datagram(0)
        assert source.remote_port == sender.address[1]
        if host != "127.0.0.1":
            assert (source.local_hi, source.local_lo) == (path.remote_hi, path.remote_lo)
        for number in range(200):
            assert send_all(sender, path, [bytes([number]) * 5]) == 1
            assert receive_all(bound, 1) == [bytes([number]) * 5]
            bound.receive_batch(BATCH)
        assert not bound.reads_long
    finally:
        bound.close()
        sender.close()


def test_a_datagram_that_is_too_long_shows_by_its_size_in_a_long_piece_too() -> None:
    bound = UdpSocket.bind("127.0.0.1", 0, max_datagram=1_200)
    there = parse_address("127.0.0.1", bound.address[1])
    sender = UdpSocket.open_towards(there)
    path = Datagram(64)
    path.remote_hi, path.remote_lo, path.remote_port = there.hi, there.lo, there.port
    try:
        for _ in range(20):
            send_all(sender, path, [bytes(1_000)] * BATCH)
            receive_all(bound, BATCH)
        assert bound.reads_long
        send_all(sender, path, [bytes(1_400)] * 4)
        assert [len(content) for content in receive_all(bound, 4)] == [1_201] * 4
    finally:
        bound.close()
        sender.close()


def test_a_long_piece_that_comes_while_somebody_spins_is_whole() -> None:
    """The flood pauses, long reads go on for a while, and the next piece meets the spin itself, not the call before."""
    bound, sender, path = joined("127.0.0.1", True)
    contents = [bytes([index]) * 300 for index in range(BATCH)]
    try:
        for _ in range(20):
            while not bound.reads_long:
                assert send_all(sender, path, contents) == BATCH
                assert receive_all(bound, BATCH) == contents
            spinning = threading.Event()

            def send_later(spinning: threading.Event = spinning) -> None:
                spinning.wait()
                send_all(sender, path, contents)

            thread = threading.Thread(target=send_later)
            thread.start()
            spinning.set()
            count = bound.receive_spin(monotonic_ns(), monotonic_ns() + 5 * SECOND_NS)
            thread.join()
            got = [bound.datagram(index).content() for index in range(count)]
            assert got + receive_all(bound, BATCH - count) == contents
    finally:
        bound.close()
        sender.close()
