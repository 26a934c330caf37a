"""Many messages for one peer in one call: who it is and what it may be sent is asked once."""

from collections.abc import Iterable

from fastnet.protocol.channels.base import ACCEPTED
from fastnet.protocol.endpoint import Endpoint
from fastnet.protocol.errors import FastNetError


def send_all(
    endpoint: Endpoint, peer_id: int, channel: int, messages: Iterable[bytes | bytearray | memoryview], now_ns: int
) -> int:
    """`Endpoint.send` for each of these. What it raises, it raises with `taken`: how many were queued before."""
    peer = endpoint.recipient(peer_id, channel)
    slot = endpoint.settings.slot_of[channel]
    queue = peer.channel_at(slot)
    taken = size = 0
    code = ACCEPTED
    try:
        for message in list(messages):  # A list of our own: nobody else's code may run between two of them.
            payload = message if type(message) is bytes else bytes(memoryview(message))
            size = len(payload)
            code = queue.offer(payload)
            if code != ACCEPTED:
                break
            taken += 1
    finally:
        if taken:
            peer.offered(queue, ACCEPTED, endpoint.settings.auto_flush)
            endpoint.offered(peer, slot, 0, ACCEPTED, now_ns)
    try:
        return endpoint.offered(peer, slot, size, code, now_ns) if code != ACCEPTED else 0
    except FastNetError as error:
        error.taken = taken
        raise
