"""A whole connection from bind to end under a script: sends, losses, forged and sealed frames, moves, endings.

Nothing raises but our own errors of usage, events tell one story, and all is over when the wire stays dead.
"""

from collections.abc import Hashable

from fastnet.protocol.drops import Drop
from fastnet.protocol.errors import UsageError, WouldBlockError
from fastnet.protocol.events import Disconnected

from . import frames
from .channels import Link, step
from .world import MS, SMALL, Forger, Script, check_story, magnitude

_STEPS_MAX = 200
_CONFIGS = (SMALL, SMALL.with_changes(header_protection=True), SMALL.with_changes(auto_flush=False, ciphers=(2, 1)))


def seeds() -> list[bytes]:
    """Binding step by step, a life of each length, endings from both sides, and every frame of the frames target."""
    bind = bytes([2, 0, 0x82, 0]) * 6
    talk = bytes([0, 0, 9, 0x80, 2, 9, 2, 0, 0x82, 0])
    hostile = [bytes([0]) + bind + bytes([16]) + seed[:400] for seed in frames.seeds()[::3]]
    return [
        bytes([0]) + bind + talk * 4 + bytes([9, 0]) + bind,
        bytes([1]) + bind + talk * 4 + bytes([0x89, 5]) + bind,
        bytes([2]) + bind + talk * 2 + bytes([10, 0]) + bind + bytes([11, 0]) + bind,
        bytes([0]) + bytes([6, 100]) * 20 + bind,
        bytes([0]) + bind + (talk + bytes([6, 30])) * 12,
        *hostile,
    ]


def run(data: bytes) -> Hashable:
    script = Script(data)
    link = Link(_CONFIGS[script.below(3)])
    forger = Forger(link.client_ticket)
    forger.next_number = 1_000
    for _ in range(_STEPS_MAX):
        if not script.left():
            break
        _step(link, forger, script)
    story = [peer.state for end in link.ends for peer in end.endpoint.slots if peer is not None]
    drops = [end.endpoint.drop_count(reason) > 0 for end in link.ends for reason in Drop]
    for end in link.ends:
        end.outbound.clear()
    for _ in range(40):
        link.wait(1_000 * MS)
        for end in link.ends:
            link.take(end)
    for end in link.ends:
        assert end.endpoint.peer_count == 0, "a connection outlives its peer"
        check_story(end.events)
    codes = [event.code for end in link.ends for event in end.events if isinstance(event, Disconnected)]
    return tuple(story), tuple(drops), tuple(codes), magnitude(sum(len(end.events) for end in link.ends))


def _step(link: Link, forger: Forger, script: Script) -> None:
    start = script._at
    choice = script.number(1)
    end = link.ends[choice >> 7]
    kind = choice & 31
    if kind < 8:
        script._at = start
        step(link, script)
    elif kind == 8:
        end.endpoint.flush(link.now_ns)
    elif kind == 9:
        _try(lambda: end.endpoint.disconnect(end.peer_id, 1_000, "bye", link.now_ns, script.number(1)))
    elif kind == 10:
        end.endpoint.rebind(link.now_ns)
    elif kind == 11:
        _try(lambda: end.endpoint.peer(end.peer_id))
        end.endpoint.stats()
    elif kind == 12:
        link.deliver(end, script.take(script.number(1)))
    elif kind == 13 and end.outbound:
        content = bytearray(end.outbound[script.below(len(end.outbound))])
        content[script.below(len(content))] ^= 1 << script.below(8)
        link.deliver(end, bytes(content))
    elif kind >= 16:
        frames_bytes = script.take(script.number(2) & 0x7FF)
        link.deliver(link.ends[1], forger.seal(frames_bytes, pad_to=1_200 if kind & 1 else 0))
    for each in link.ends:
        link.write(each)


def _try(action: object) -> None:
    """Do what an application may do at the wrong moment: only an error of usage may come of it."""
    try:
        action()  # type: ignore[operator]
    except (UsageError, WouldBlockError):
        return
