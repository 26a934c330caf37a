"""Credit between two ends: however sizes and windows meet, a sender that may go on hears of it."""

import random
from collections import deque

import pytest
from fastnet.protocol.config import Config
from fastnet.protocol.errors import WouldBlockError
from fastnet.testing import Conditions
from fastnet.testing.pair import Pair

LARGEST = 10_000
TIGHT = Config(
    max_reliable_message_bytes=LARGEST,
    channel_window_bytes=LARGEST + 32,
    initial_credit_bytes=4_096,
    send_queue_reliable_bytes=200_000,
)


def send_all(pair: Pair, channel: int, messages: list[bytes]) -> None:
    left = deque(messages)

    def feed() -> None:
        try:
            while left:
                pair.client.send(channel, left[0])
                left.popleft()
        except WouldBlockError:
            pass
        if left:
            pair.after(0.01, feed)

    feed()
    assert pair.run_until(lambda: len(pair.server.data) == len(messages), limit_s=300), len(pair.server.data)
    assert sorted(pair.server.messages(channel)) == sorted(messages)


@pytest.mark.parametrize("channel", [0, 2])
def test_large_messages_between_small_ones_never_stall_in_the_tightest_window(channel: int) -> None:
    pair = Pair(1, config=TIGHT)
    pair.connect()
    send_all(pair, channel, [bytes([number]) * (68 if number % 2 else LARGEST) for number in range(40)])


@pytest.mark.parametrize("channel", [0, 2])
@pytest.mark.seeds(10)
def test_random_sizes_never_stall_in_the_tightest_window_under_loss(channel: int, seed: int) -> None:
    prng = random.Random(seed)
    pair = Pair(seed, config=TIGHT, up=Conditions(loss=0.2, delay_us=5_000))
    pair.connect(limit_s=20)
    sizes = [prng.choice((0, 1, 100, 3_000, 9_000, LARGEST - 1, LARGEST)) for _ in range(60)]
    send_all(pair, channel, [prng.randbytes(size) for size in sizes])
