"""What peers cost, at rest and at their worst (PROTOCOL.md s. 6.5), and that nothing which comes and goes stays."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fastnet.protocol.config import Config
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.events import Data
from many_peers import Crowd, allocated_bytes, resident_bytes

KIB = 1_024
HERE = Path(__file__).parent


@pytest.mark.parametrize("kind", ["bound", "talked", "rested"])
def test_an_idle_peer_costs_at_most_7_kib(kind: str) -> None:
    """After binding; after three messages on all four channels, both ways; after 60 more and three quiet seconds.

    In a process of its own whose every allocation passes through malloc, so that malloc can tell."""
    environment = os.environ | {"PYTHONMALLOC": "malloc"}
    environment.pop("LD_PRELOAD", None)
    count = "1000" if kind == "bound" else "250"
    command = [sys.executable, str(HERE / "many_peers.py"), kind, count]
    allocated, resident = map(int, subprocess.check_output(command, env=environment, text=True).split())
    assert allocated <= 7 * KIB, f"{allocated} bytes a peer"
    assert resident <= 8 * KIB, f"{resident} resident bytes a peer"  # Pages round up.


def test_peers_that_fill_every_bound_stay_within_it() -> None:
    """The application takes nothing, the clients send all they may, and all our own queues are full."""
    config = Config(
        idle_timeout_ms=0,
        max_reliable_message_bytes=8_000,
        max_unreliable_message_bytes=2_000,
        initial_credit_bytes=8_192,
        channel_window_bytes=16_384,
        receive_budget_bytes=400_000,
        send_queue_reliable_bytes=20_000,
        send_queue_bytes=10_000,
        send_queue_messages=64,
        receive_queue_bytes=20_000,
        receive_queue_messages=64,
        reassembly_bytes=4_000,
        packets_in_flight_max=256,
    )
    crowd = Crowd(config)
    crowd.fill(*crowd.add())
    before = allocated_or_resident()
    peers = 40
    for _ in range(peers):
        crowd.fill(*crowd.add())
    grown = allocated_or_resident() - before
    receiving = 2 * config.initial_credit_bytes + 2 * (config.reassembly_bytes + config.receive_queue_bytes)
    sending = 2 * (config.send_queue_reliable_bytes + config.send_queue_bytes) + 64 * config.packets_in_flight_max
    bound = peers * (8 * KIB + receiving + sending) + config.receive_budget_bytes
    assert grown <= 1.5 * bound, f"{grown:,} bytes; the bound is {bound:,}, and half as much again for objects' heads"


def allocated_or_resident() -> int:
    return max(allocated_bytes(), resident_bytes())


def test_an_application_that_never_takes_costs_a_full_queue_and_no_more() -> None:
    """The newest messages wait; what was dropped leaves nothing behind, and the order stays."""
    config = Config(idle_timeout_ms=0, receive_queue_messages=100)
    crowd = Crowd(config)
    clients = [crowd.add()[0] for _ in range(3)]
    crowd.server.take_events()
    before = 0
    for step in range(30_000):
        client = clients[step % 3]
        client.send(1, 1 if step % 2 else 3, step.to_bytes(4), crowd.now_ns)
        crowd.exchange(client, take=False)
        crowd.now_ns += 100_000
        if step == 10_000:
            before = resident_bytes()
    assert resident_bytes() - before < 200 * KIB
    got = [event for event in crowd.server.take_events() if isinstance(event, Data)]
    assert len(got) == 600
    for peer_id in crowd.server.peer_ids():
        for channel in (1, 3):
            numbers = [
                int.from_bytes(event.data) for event in got if (event.peer_id, event.channel) == (peer_id, channel)
            ]
            assert len(numbers) == 100
            assert numbers == sorted(numbers)
            assert numbers[-1] >= 30_000 - 6


@pytest.mark.seeds(1)
def test_junk_from_strangers_leaves_nothing(seed: int) -> None:
    """200,000 datagrams of every size from as many addresses."""
    prng = random.Random(seed)
    crowd = Crowd(Config())
    crowd.add()
    inbound, out = Datagram(2_048), Datagram(2_048)
    junk = [prng.randbytes(prng.choice((0, 20, 21, 40, 200, 1_200, 1_472, 1_473))) for _ in range(500)]
    before = 0
    for step in range(200_000):
        inbound.load(junk[step % 500])
        inbound.remote_hi, inbound.remote_lo = 0x20010DB8 << 32 | step, step * 7
        inbound.remote_port = 1 + step % 65_000
        crowd.now_ns += 5_000
        crowd.server.receive_datagram(inbound, crowd.now_ns)
        while crowd.server.take_datagram(out, crowd.now_ns):
            pass
        if step == 20_000:
            before = resident_bytes()
    assert resident_bytes() - before < 300 * KIB
    assert crowd.server.stats().datagrams_received >= 200_000


def test_peers_that_come_and_go_leave_nothing() -> None:
    """Bound, talked to, ended; and places reserved for handshakes that fail."""
    crowd = Crowd(Config(linger_ms=0))
    before = 0
    for step in range(600):
        reservation = crowd.server.reserve()
        assert reservation is not None
        crowd.server.release(reservation)
        client, peer_id = crowd.add()
        crowd.talk(client, peer_id, 1)
        client.disconnect(1, 1_000, "bye", crowd.now_ns)
        crowd.wait(client, 2_000_000_000)
        assert crowd.server.peer_count == 0
        if step == 200:
            before = resident_bytes()
    assert resident_bytes() - before < 300 * KIB


@pytest.mark.slow
def test_two_million_messages_leave_nothing() -> None:
    """No slope in memory, whatever the message's size and channel."""
    crowd = Crowd(Config())
    client, peer_id = crowd.add()
    sizes = (0, 10, 60, 500, 1_100, 3_000)
    before = 0
    for step in range(1_000_000):
        channel = step & 3
        data = bytes(sizes[step % 6])
        client.send(1, channel, data, crowd.now_ns)
        crowd.server.send(peer_id, channel, data, crowd.now_ns)
        crowd.now_ns += 1_000_000
        for end in (crowd.server, client):
            if end.next_deadline_ns(crowd.now_ns) <= crowd.now_ns:
                end.handle_deadline(crowd.now_ns)
        crowd.exchange(client)
        if step == 100_000:
            before = resident_bytes()
    assert resident_bytes() - before < 300 * KIB
    assert crowd.server.peer_ids() == [peer_id]
