"""What a peer with real keys may say: any bytes behind the seal. It is closed with the rule's code, or goes on.

The input is a list of packets: two bytes of length, of which the upper five bits choose what happens after it.
"""

from collections.abc import Hashable

from fastnet.protocol.events import Data, Disconnected
from fastnet.protocol.numbers import LOCAL_ONLY, CloseCode
from fastnet.protocol.spec import NUMBER_LIMIT
from fastnet.protocol.states import State

from .world import MS, SMALL, Script, World, check_story, magnitude

_PACKETS_MAX = 64


def _varint(value: int) -> bytes:
    for length, prefix, limit in ((1, 0, 1 << 6), (2, 1, 1 << 14), (4, 2, 1 << 30)):
        if value < limit:
            return (prefix << (8 * length - 2) | value).to_bytes(length)
    return (3 << 62 | value).to_bytes(8)


def _joined(*packets: bytes, then: int = 0) -> bytes:
    return b"".join((then << 11 | len(packet)).to_bytes(2) + packet for packet in packets)


def _data(channel: int, payload: bytes, number: int | None = None) -> bytes:
    head = bytes([0x80 | channel]) if channel < 63 else bytes([0xBF, channel])
    return head + (b"" if number is None else _varint(number)) + _varint(len(payload)) + payload


def _piece(channel: int, number: int, total: int, unit: int, payload: bytes) -> bytes:
    head = bytes([0xC0 | channel]) if channel < 63 else bytes([0xFF, channel])
    return head + _varint(number) + _varint(total) + _varint(unit) + _varint(len(payload)) + payload


def seeds() -> list[bytes]:
    """Every frame, good ones and ones at their limits."""
    ping, padding = b"\x01", bytes(20)
    ack = b"\x02" + _varint(3) + _varint(10) + b"\0" + _varint(1)
    blocks = b"\x02" + _varint(9) + _varint(0) + b"\x02" + _varint(0) + (_varint(0) + _varint(1)) * 2
    credit = b"\x03\x00" + _varint(100_000) + b"\x04\x02" + _varint(2**40)
    close = b"\x07" + (1_000).to_bytes(4) + (3).to_bytes(2) + b"bye"
    found = [
        _joined(ping, padding, ping + padding),
        _joined(ack, blocks, then=3),
        _joined(credit, b"\x04\x46" + _varint(30_000), then=1),
        _joined(b"\x05" + bytes(8), b"\x06" + bytes(8)),
        _joined(close),
        _joined(b"\x40" + _varint(3) + b"abc", b"\x5f\x00", b"\x60"),
    ]
    for channel, numbered in ((0, True), (1, False), (2, True), (3, True), (70, True)):
        ids = (0, 1, 3, 2, 3, 4_095, 4_096, NUMBER_LIMIT - 2, NUMBER_LIMIT - 1)
        found.append(_joined(*(_data(channel, b"m" * 9, number if numbered else None) for number in ids)))
        pieces = [_piece(channel, 5, 2_000, unit, bytes(640)) for unit in (0, 20, 40)]
        last = _piece(channel, 5, 2_000, 60, bytes(80))
        found.append(_joined(*pieces, last, pieces[1]))
        found.append(_joined(pieces[0], _piece(channel, 6, 4_000, 1, bytes(32)), pieces[0], _data(channel, b"", 5)))
        found.append(_joined(pieces[2], _data(channel, bytes(900), 5 if numbered else None), then=3))
        found.append(_joined(pieces[2], _piece(channel, 5, 2_001, 0, bytes(32)), then=2))
        found.append(_joined(*(_data(channel, b"", number if numbered else None) for number in range(40)), then=1))
    return found


def run(data: bytes) -> Hashable:
    world, script = World(), Script(data)
    world.bind()
    for channel in (0, 1, 2, 3, 70):
        world.endpoint.send(world.peer_id, channel, bytes(100 + 30 * channel), world.now_ns)
    world.write()
    codes = set()
    for _ in range(_PACKETS_MAX):
        if not script.left():
            break
        head = script.number(2)
        flags = 0x43 | (head >> 12 & 8) | (head >> 12 & 4)
        content = world.forger.seal(script.take(head & 0x7FF), flags=flags)
        world.receive(content)
        if head & 0x0800:
            _check(world)
        if head & 0x1000:
            world.wait(7 * MS)
        world.write()
    _check(world)
    for event in world.events:
        if isinstance(event, Disconnected):
            codes.add(event.code)
            assert CloseCode(event.code) not in LOCAL_ONLY if event.code < 1_000 else event.by_peer, event
    channels = {event.channel for event in world.events if isinstance(event, Data)}
    state = [peer.state for peer in world.endpoint.slots if peer is not None]
    world.wait(30_000 * MS)
    world.take_events()
    assert world.endpoint.peer_count == 0, [State(peer.state) for peer in world.endpoint.slots if peer is not None]
    check_story(world.events)
    return tuple(sorted(codes)), tuple(sorted(channels)), tuple(state), magnitude(world.sent)


def _check(world: World) -> None:
    events = world.take_events()
    waiting = sum(len(event.data) for event in events if isinstance(event, Data) and event.channel in (1, 3))
    assert waiting <= 2 * SMALL.receive_queue_bytes
    check_story(world.events)
    for peer in world.endpoint.slots:
        for channel in peer.channels if peer is not None else ():
            if channel is not None and channel.reliable:
                assert channel.known_cost <= channel.credit.limit or peer.state >= State.CLOSING
                assert channel.credit.consumed <= channel.known_cost, "the application got more than was paid for"
                assert channel.credit.window <= SMALL.channel_window_bytes
