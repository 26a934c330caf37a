"""Datagrams from strangers: counted, dropped, without an event, without a reply longer than what came.

The input is a list of datagrams, each behind two bytes of length.
"""

from collections.abc import Hashable

from fastnet.protocol.address import parse_address
from fastnet.protocol.drops import Drop
from fastnet.protocol.ticket import Address

from .world import CLIENT, MS, SMALL, Script, World

_DATAGRAMS_MAX = 32


class _State:
    """The worlds outlive a run, for strangers change nothing in them; anew now and then all the same."""

    runs = 0
    worlds: list[World] = []


def _worlds() -> list[World]:
    if _State.runs % 5_000 == 0:
        hidden = SMALL.with_changes(header_protection=True)
        _State.worlds = [
            World(),
            World(hidden),
            World(),
            World(server=False),
            World(server=False, client_id_bytes=8),
            World(hidden, server=False),
        ]
        _State.worlds[0].bind()
        for world in _State.worlds:
            world.write()
    _State.runs += 1
    return _State.worlds


def _joined(*datagrams: bytes) -> bytes:
    return b"".join(len(datagram).to_bytes(2) + datagram for datagram in datagrams)


def seeds() -> list[bytes]:
    """Headers of every length with the right ids, and bodies that nobody sealed."""
    found = []
    for world in (World(), World(server=False), World(server=False, client_id_bytes=8)):
        for flags in (0x40, 0x41, 0x42, 0x43, 0x47, 0x7B):
            head = bytes([flags]) + world.forger._id + bytes(4)
            found.append(_joined(head + bytes(40), head + bytes(1_200 - len(head)), head, head + bytes(16)))
    found.append(_joined(bytes(21), b"\x40" * 21, b"\x41" * 33, b"\xff" * 1_472, b"\x41" * 1_473))
    return found


def run(data: bytes) -> Hashable:
    worlds, script = _worlds(), Script(data)
    before = [[world.endpoint.drop_count(reason) for reason in Drop] for world in worlds]
    for _ in range(_DATAGRAMS_MAX):
        if not script.left():
            break
        content = script.take(script.number(2) % 2_000)
        for world in worlds:
            _stranger(world, content)
    story = []
    for world, counts in zip(worlds, before, strict=True):
        story += [world.endpoint.drop_count(reason) > count for reason, count in zip(Drop, counts, strict=True)]
    return tuple(story)


def _stranger(world: World, content: bytes) -> None:
    endpoint, sent = world.endpoint, world.sent
    dropped = sum(endpoint.drop_count(reason) for reason in Drop)
    peers = endpoint.peer_count
    world.now_ns += MS
    world.receive(content, _source(world, content))
    assert sum(endpoint.drop_count(reason) for reason in Drop) == dropped + 1, "not counted, or not dropped"
    assert not endpoint.take_events()
    assert endpoint.peer_count == peers
    if endpoint.resets.waiting:
        assert endpoint.take_datagram(world.out, world.now_ns)
        assert world.out.size < len(content), "a reply as long as its trigger"
        assert endpoint.is_server
    assert world.write() == 0, "a stranger was answered"
    assert world.sent == sent


def _source(world: World, content: bytes) -> Address:
    if world.endpoint.is_server and len(content) % 3:
        return parse_address(f"10.9.{len(content) & 7}.{content[-1]}", 1 + content[0]) if content else CLIENT
    return world.source
