"""What had to be sent again is counted: the C library's `retransmissions`."""

from fastnet.testing.conditions import CLEAN, Conditions
from fastnet.testing.pair import Pair

MESSAGES = 60


def resent_over(conditions: Conditions) -> int:
    pair = Pair(seed=11, up=conditions, down=CLEAN)
    pair.connect()
    for number in range(MESSAGES):
        pair.client.send(0, number.to_bytes(2, "big") * 400)
    pair.run_until(lambda: pair.server.arrived[0] == MESSAGES, limit_s=30)
    channel = pair.client.endpoint.slots[0].channels[0]
    assert channel is not None
    assert channel.sent == MESSAGES
    count: int = channel.resent
    return count


def test_what_was_lost_is_counted_when_it_goes_again_and_nothing_else_is() -> None:
    assert resent_over(CLEAN) == 0
    assert resent_over(Conditions(loss=0.2)) >= MESSAGES // 10
