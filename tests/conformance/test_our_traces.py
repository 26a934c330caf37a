"""Whole conversations of our endpoints on bad networks, read by the second reader: no rule of PROTOCOL.md is broken."""

import random
from contextlib import suppress
from dataclasses import replace

import pytest
from fastnet.protocol.address import parse_address
from fastnet.protocol.config import Config, channel_table
from fastnet.protocol.errors import WouldBlockError
from fastnet.testing.conditions import CLEAN, Conditions
from fastnet.testing.network import Carried
from fastnet.testing.pair import Pair
from trace_checker import Announced, Arrived, Checker, Sent, Setup

BAD = Conditions(loss=0.08, duplicate=0.05, delay_us=20_000, jitter_us=15_000)
FLIPPING = Conditions(loss=0.02, flip=0.05, delay_us=5_000, jitter_us=30_000)


class RecordedPair(Pair):
    """A pair that writes down every datagram that leaves an end or reaches one."""

    def __init__(self, seed: int, **choices: object) -> None:
        self.record: list[Sent | Arrived] = []
        super().__init__(seed, **choices)  # type: ignore[arg-type]

    def write(self, end: object) -> None:
        if self._watch not in self.network.filters:
            self.network.filters.append(self._watch)
        super().write(end)  # type: ignore[arg-type]

    def _watch(self, carried: Carried) -> bool:
        name = "server" if carried.source == self.server.address else "client"
        self.record.append(Sent(self.now_ns, name, carried.destination, carried.content))
        return True

    def _deliver(self, carried: Carried) -> None:
        for name, end in (("server", self.server), ("client", self.client)):
            if carried.destination == end.address:
                self.record.append(Arrived(self.now_ns, name, carried.source, carried.content))
        super()._deliver(carried)

    def checker(self) -> Checker:
        """A checker that knows what the tickets say."""
        client, server = self.tickets[0]
        ends = {
            "client": announced(self.config, client.receive_id, client.receive_id_bytes),
            "server": announced(self.server_config, server.receive_id, server.receive_id_bytes),
        }
        channels = {number: channel.kind_number for number, channel in channel_table(self.config).items()}
        return Checker(Setup(client.exporter_secret, client.cipher, client.header_protection, ends, channels))


def announced(config: Config, receive_id: int, id_bytes: int) -> Announced:
    return Announced(
        receive_id.to_bytes(id_bytes, "big"),
        config.max_datagram_bytes,
        config.ack_delay_reliable_us * 1_000,
        config.ack_delay_unreliable_us * 1_000,
        config.max_reliable_message_bytes,
        config.max_unreliable_message_bytes,
        config.initial_credit_bytes,
    )


def talk(pair: Pair, seed: int, seconds: float) -> None:
    """Random messages both ways on every channel, some of them big, some turns silent."""
    prng = random.Random(seed)
    for _ in range(int(seconds * 50)):
        for end in (pair.client, pair.server):
            for channel in range(4):
                if prng.random() < 0.3:
                    size = prng.choice((0, 1, 30, 200, 1_160, 1_172, 1_190, 5_000, 16_384))
                    with suppress(WouldBlockError):
                        end.send(channel, prng.randbytes(size))
        pair.run_for(prng.choice((0.001, 0.02, 0.02, 0.1)))


def judge(pair: RecordedPair, *, at_least: int) -> Checker:
    checker = pair.checker()
    problems = checker.check(pair.record)
    assert not problems, "\n".join(problems[:20]) + f"\n{len(problems)} problems, FASTNET_SEED={pair.seed}"
    assert len(pair.record) >= at_least
    return checker


@pytest.mark.parametrize("conditions", [CLEAN, BAD, FLIPPING], ids=["clean", "bad", "flipping"])
@pytest.mark.seeds(3)
def test_a_conversation_breaks_no_rule(conditions: Conditions, seed: int) -> None:
    pair = RecordedPair(seed, up=conditions)
    pair.connect()
    talk(pair, seed, 2)
    pair.run_for(3)
    pair.client.disconnect(1_234, "bye")
    pair.run_for(3)
    judge(pair, at_least=500)


@pytest.mark.parametrize("ciphers", [(1,), (2, 1)], ids=["cipher 1", "cipher 2"])
@pytest.mark.parametrize("hidden", [False, True], ids=["plain header", "header protection"])
def test_key_phases_follow_their_rules(ciphers: tuple[int, ...], hidden: bool) -> None:
    config = Config(key_update_packets=64, ciphers=ciphers, header_protection=hidden)
    pair = RecordedPair(5, up=BAD, config=config)
    pair.connect()
    talk(pair, 5, 6)
    pair.run_for(2)
    checker = judge(pair, at_least=1_000)
    assert max(packet.phase for packet in checker.packets.values()) >= 3


@pytest.mark.seeds(3)
def test_a_client_that_moves_breaks_no_rule(seed: int) -> None:
    pair = RecordedPair(seed, up=BAD)
    pair.connect()
    for port in range(3):
        talk(pair, seed + port, 0.5)
        pair.network.rebind(pair.client.address, parse_address("10.9.0.1", 40_000 + port))
    talk(pair, seed, 0.5)
    pair.network.rebind(pair.client.address, parse_address("10.9.9.9", 40_000))
    talk(pair, seed, 0.5)
    pair.run_for(3)
    judge(pair, at_least=300)


@pytest.mark.seeds(3)
def test_a_thief_that_copies_datagrams_gets_no_more_than_the_rules_allow(seed: int) -> None:
    pair = RecordedPair(seed, up=Conditions(delay_us=20_000), down=CLEAN)
    thief = parse_address("10.66.6.6", 6_666)

    prng = random.Random(seed)

    def copy(carried: Carried) -> bool:
        if carried.destination == pair.server.address and (pair.turns == 0 or prng.random() < 0.5):
            pair.network.inject(carried.content, thief, carried.destination, pair.now_ns + 1_000_000)
        return True

    pair.network.filters.append(copy)
    pair.connect()
    talk(pair, seed, 1)
    pair.run_for(2)
    judge(pair, at_least=100)


def test_silence_and_idle_end_break_no_rule() -> None:
    pair = RecordedPair(1, up=BAD)
    pair.connect()
    pair.run_for(30)
    pair.network.filters.append(lambda carried: False)
    pair.run_for(30)
    judge(pair, at_least=50)


def test_the_checker_notices_what_it_should() -> None:
    """One good trace, spoiled in several ways."""
    pair = RecordedPair(3, up=BAD)
    pair.connect()
    talk(pair, 3, 1)
    good = list(pair.record)
    packets = judge(pair, at_least=100).packets

    def spoiled(record: list[Sent | Arrived]) -> str:
        return "\n".join(pair.checker().check(record))

    sent = [event for event in good if isinstance(event, Sent)]
    data = next(event for event in sent if any(f.get("channel") == 0 for f in packets[event.content].frames))
    first = [e for e in sent if any((f.get("channel"), f.get("id")) == (0, 0) for f in packets[e.content].frames)]
    assert "3: number" in spoiled([*good, sent[9]])
    flipped = replace(data, content=data.content[:-1] + bytes([data.content[-1] ^ 1]))
    assert "drop it: forged" in spoiled([flipped if event is data else event for event in good])
    assert "which did not arrive" in spoiled(list(sent))
    assert "not the next id" in spoiled([event for event in good if event not in first])
    assert "7: the ack of" in spoiled([replace(e, time_ns=e.time_ns + 10**9) if e in sent else e for e in good])
    assert "9.1:" in spoiled([replace(e, address=0) if isinstance(e, Sent) and e.end == "server" else e for e in good])
