"""What waits on an unreliable channel is a queue that loses its oldest: any sizes, any bursts, against a deque."""

from collections import deque

import pytest
from fastnet.protocol.config import Channel, Config
from fastnet.testing.pair import Pair
from hypothesis import given, settings
from hypothesis import strategies as st

MESSAGES_MAX, BYTES_MAX = 40, 20_000
CONFIG = Config(
    channels={0: Channel("reliable_ordered"), 1: Channel("unreliable"), 100: Channel("unreliable")},
    auto_flush=False,
    send_queue_messages=MESSAGES_MAX,
    send_queue_bytes=BYTES_MAX,
)
SIZES = st.one_of(st.integers(0, 80), st.integers(1_100, 1_300), st.integers(0, 16_384))
BURSTS = st.lists(st.lists(SIZES, max_size=60), max_size=6)


@pytest.mark.parametrize("channel", [1, 100])
@given(bursts=BURSTS)
@settings(max_examples=60, deadline=None)
def test_each_burst_arrives_but_for_its_oldest(channel: int, bursts: list[list[int]]) -> None:
    pair = Pair(seed=1, config=CONFIG)
    pair.connect()
    expected: list[bytes] = []
    for number, burst in enumerate(bursts):
        waiting: deque[bytes] = deque()
        for index, size in enumerate(burst):
            data = (b"%d.%d " % (number, index) * size)[:size]
            while waiting and (len(waiting) == MESSAGES_MAX or sum(map(len, waiting)) + size > BYTES_MAX):
                waiting.popleft()
            waiting.append(data)
            pair.client.send(channel, data)
        stats = pair.client.endpoint.peer(1).channels.get(channel)
        assert stats is None or stats.queued_messages == len(waiting)
        assert stats is None or stats.queued_bytes == sum(map(len, waiting))
        pair.client.flush()
        expected += waiting
        pair.run_for(2.0)
    assert pair.server.messages(channel) == expected
