"""The command line's small parts: addresses, figures, the demonstration's ledger, the doctor's findings."""

import random

import click
import pytest
from fastnet.protocol.errors import NotConnectedError, WouldBlockError
from fastnet.protocol.events import Data
from fastnet.tools.demo.messages import Count, Ledger, broken_promise, counts_of, make_message
from fastnet.tools.doctor import BAD, OK, WARN, check_buffers, cpu_flags, examine
from fastnet.tools.echoes import WAITING_BYTES_MAX, Echoes
from fastnet.tools.figures import bytes_text, percentile, time_text
from fastnet.tools.options import Target, TargetType


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("example.org", Target("example.org", 7_778)),
        ("example.org:9000", Target("example.org", 9_000)),
        ("127.0.0.1:1", Target("127.0.0.1", 1)),
        ("::1", Target("::1", 7_778)),
        ("[::1]", Target("::1", 7_778)),
        ("[2001:db8::1]:65535", Target("2001:db8::1", 65_535)),
    ],
)
def test_a_target_is_read_as_people_write_it_and_written_so_that_it_reads_back(text: str, target: Target) -> None:
    assert TargetType().convert(text, None, None) == target
    assert TargetType().convert(str(target), None, None) == target


@pytest.mark.parametrize("text", ["", ":9000", "host:", "host:0", "host:65536", "host:http", "[::1]x", "host:+1"])
def test_a_target_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter):
        TargetType().convert(text, None, None)


def test_figures_are_short_and_percentiles_are_members() -> None:
    assert [time_text(value) for value in (0.4, 87.2, 1_240, 13_140, 131_000)] == [
        "0 us", "87 us", "1.24 ms", "13.1 ms", "131 ms",
    ]  # fmt: skip
    assert [bytes_text(value) for value in (512, 1_400, 3_200_000, 5e12)] == ["512 B", "1.4 kB", "3.2 MB", "5000 GB"]
    values = [float(number) for number in range(1, 101)]
    random.Random(1).shuffle(values)
    assert [percentile(values, percent) for percent in (0, 50, 99, 100)] == [1, 50, 99, 100]
    assert percentile([], 50) == 0.0


def received(numbers: list[int], channel: int = 0) -> Count:
    ledger = Ledger()
    ledger.counts[channel].sent = 5
    for number in numbers:
        ledger.accept(channel, make_message(channel, number, 7))
    return counts_of(ledger.as_json())[channel]


@pytest.mark.parametrize(
    ("channel", "numbers", "broken"),
    [
        (0, [0, 1, 2, 3, 4], ""),
        (0, [0, 1, 2, 4, 3], "1 out of order"),
        (0, [0, 1, 2, 3], "1 never arrived"),
        (0, [0, 1, 1, 2, 3, 4], "1 delivered twice"),
        (1, [4, 0, 2], ""),
        (1, [4, 4], "1 delivered twice"),
        (1, [], "nothing arrived"),
        (2, [4, 3, 2, 1, 0], ""),
        (2, [4, 3, 2, 1], "1 never arrived"),
        (3, [0, 2, 4], ""),
        (3, [2, 0], "1 out of order"),
    ],
)
def test_the_ledger_holds_each_channel_to_its_promise(channel: int, numbers: list[int], broken: str) -> None:
    assert broken_promise(channel, received(numbers, channel)) == broken


@pytest.mark.parametrize("number", [0, 49])  # A small one, and one that does not fit a datagram.
def test_the_ledger_notices_one_altered_bit_anywhere(number: int) -> None:
    message, prng = make_message(0, number, 7), random.Random(1)
    ledger = Ledger()
    assert ledger.accept(0, message) == 7
    for _ in range(200):
        damaged = bytearray(message)
        damaged[prng.randrange(13, len(damaged))] ^= 1 << prng.randrange(8)
        assert ledger.accept(0, bytes(damaged)) is None
    assert ledger.counts[0].altered == 200
    assert ledger.accept(1, message) is None, "from another channel"
    assert broken_promise(0, ledger.counts[0]) == "200 altered"


class Narrow:
    """A sender with room for a few messages a channel, and perhaps without a peer."""

    def __init__(self) -> None:
        self.room: dict[int, int] = {}
        self.sent: list[tuple[int, bytes]] = []
        self.gone = False

    def send(self, peer_id: int, channel: int, data: bytes) -> None:
        if self.gone:
            raise NotConnectedError("gone")
        if self.room.get(channel, 0) <= 0:
            raise WouldBlockError("full")
        self.room[channel] -= 1
        self.sent.append((channel, data))


@pytest.mark.seeds(20)
def test_echoes_keep_the_order_within_each_channel_however_narrow_the_way_back(seed: int) -> None:
    prng, sender = random.Random(seed), Narrow()
    echoes, expected = Echoes(sender), {0: [], 2: []}
    for number in range(200):
        channel = prng.choice((0, 2))
        expected[channel].append(number.to_bytes(2))
        assert echoes.answer(Data(2, channel, number.to_bytes(2)))
        sender.room = {0: prng.randrange(3), 2: prng.randrange(3)}
        echoes.retry()
    for _ in range(200):
        sender.room = {0: 1, 2: 1}
        echoes.retry()
    for channel, messages in expected.items():
        assert [data for used, data in sender.sent if used == channel] == messages


def test_echoes_for_a_peer_that_never_listens_are_bounded_and_end_with_the_peer() -> None:
    sender = Narrow()
    echoes, message = Echoes(sender), bytes(1_000_000)
    answers = [echoes.answer(Data(2, 0, message)) for _ in range(WAITING_BYTES_MAX // len(message) + 1)]
    assert answers == [True] * (len(answers) - 1) + [False]
    sender.gone = True
    echoes.retry()
    sender.gone, sender.room = False, {0: 9}
    echoes.retry()
    assert sender.sent == []


def test_the_doctor_names_the_command_that_mends_small_buffers() -> None:
    small = list(check_buffers(lambda path: "212992\n"))
    assert [finding.level for finding in small] == [WARN, WARN]
    assert small[0].fix == "sudo sysctl -w net.core.rmem_max=4194304"
    assert [finding.level for finding in check_buffers(lambda path: "4194304")] == [OK, OK]
    assert [finding.level for finding in check_buffers(lambda path: "")] == [OK, OK]


def test_the_doctor_reads_cpu_features_of_both_families() -> None:
    assert cpu_flags("model name : x\nflags\t\t: fpu aes avx2\n") == {"fpu", "aes", "avx2"}
    assert cpu_flags("Features\t: asimd aes pmull\n") == {"asimd", "aes", "pmull"}
    assert cpu_flags("") == set()


def test_every_finding_of_the_doctor_that_is_not_ok_says_how_to_mend_it() -> None:
    for finding in examine():
        assert finding.level in (OK, WARN, BAD)
        assert bool(finding.fix) == (finding.level != OK), finding
