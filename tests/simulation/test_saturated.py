"""Links with little room above what flows need: repeats and the window's floor must not make them worse (s. 7)."""

from functools import partial

import pytest
from fastnet.protocol.errors import WouldBlockError
from fastnet.protocol.events import Data, Event
from fastnet.testing import Conditions
from fastnet.testing.pair import End, Pair
from saturated import NEED_BYTES_PER_S, Crowd, jain
from thin import Told


def narrow(loss: float, rate_bytes_per_s: int, delay_us: int = 25_000) -> Conditions:
    return Conditions(loss=loss, delay_us=delay_us, rate_bytes_per_s=rate_bytes_per_s, queue_ms=30)


def test_repeats_do_not_push_others_out_of_a_full_link() -> None:
    """Eight flows need 160 kB/s; with repeats for all they would need more than the link has."""
    crowd = Crowd(1, 8, narrow(0.01, 220_000))
    assert len(crowd.told.taken_ms) == 8 * 4_000
    assert crowd.told.repeated > 0
    assert crowd.counts.queue_full <= 0.005 * crowd.counts.offered, crowd.counts
    assert crowd.told.quantile(0.99) <= 150, "without any repeats it is 127"


def test_a_link_that_has_no_room_for_repeats_is_soon_left_in_peace() -> None:
    """One flow, 1.3 times its need. Without repeats p99 is 224 ms, and 454 if all begin again after each rest."""
    told = Told()
    for seed in range(8):
        told.add(Crowd(seed, 1, narrow(0.01, int(1.3 * NEED_BYTES_PER_S))).told)
    assert len(told.taken_ms) == told.messages
    assert told.quantile(0.99) <= 300, told.quantile(0.99)


def send_all(pair: Pair, client: End) -> None:
    """As much as the queue takes, now and every 20 ms."""
    try:
        while True:
            client.send(0, bytes(200))
    except WouldBlockError:
        pair.after(0.02, partial(send_all, pair, client))


@pytest.mark.parametrize("loss", [0.0, 0.01])
def test_two_bulk_flows_share_a_short_queue_and_back_off(loss: float) -> None:
    """Where a cut left what 64 kB/s hold although a queue stood, a third of all was dropped."""
    pair = Pair(1, up=Conditions(delay_us=100_000), clients=2)
    pair.connect()
    link = pair.network.wire(narrow(loss, 60_000, 100_000))
    got: dict[int, int] = {}

    def hear(event: Event) -> None:
        if isinstance(event, Data):
            got[event.peer_id] = got.get(event.peer_id, 0) + len(event.data)

    pair.server.on_event = hear
    for index, client in enumerate(pair.clients):
        pair.network.route(client.address, pair.server.address, link)
        pair.after(0.5 * index, partial(send_all, pair, client))
    pair.run_for(20)
    assert link.counts.queue_full <= 0.2 * link.counts.offered, link.counts
    assert jain(list(got.values())) >= 0.95, got
    assert sum(got.values()) >= 0.6 * 60_000 * 20, "and the link is used"
