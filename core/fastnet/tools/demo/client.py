"""The client process of the demonstration: sends at a steady rate on all four channels and measures the echoes.

It says its progress on lines `{"sent": .., "returned": [..]}`, and its report, with every round trip, on the last.
"""

import sys
import time

import fastnet
from fastnet.protocol.errors import WouldBlockError
from fastnet.protocol.events import Data, Disconnected
from fastnet.tools.demo.messages import CHANNELS, RELIABLE, Ledger, make_message
from fastnet.tools.demo.server import say

PROGRESS_NS = 100_000_000
SETTLE_NS = 500_000_000
DRAIN_NS = 10_000_000_000
_NS_PER_S = 1_000_000_000


class Talker:
    """One phase: `messages` on each channel, `rate_hz` of each a second, then the wait for the last echoes."""

    def __init__(self, client: fastnet.Client, messages: int, rate_hz: int) -> None:
        self.client = client
        self.messages = messages
        self.interval_ns = _NS_PER_S // rate_hz
        self.ledger = Ledger()
        self.round_trips_us: dict[int, list[float]] = {channel: [] for channel in CHANNELS}
        self.sent = dict.fromkeys(CHANNELS, 0)

    def run(self) -> None:
        """Send everything; then wait until every reliable echo is back, and a moment for the others."""
        started_ns = spoke_ns = time.monotonic_ns()
        deadline_ns = started_ns + self.messages * self.interval_ns + DRAIN_NS
        settled_ns = 0
        while True:
            now_ns = time.monotonic_ns()
            self._send_due(now_ns - started_ns)
            self._receive()
            if now_ns - spoke_ns > PROGRESS_NS:
                spoke_ns = now_ns
                self._say_progress()
            if settled_ns == 0 and self._all_is_back():
                settled_ns = now_ns + SETTLE_NS
            if now_ns > deadline_ns or (settled_ns and now_ns > settled_ns):
                return
            self._rest(started_ns)

    def report(self) -> dict[str, object]:
        """What happened."""
        return {"sent": self.sent, "returned": self.ledger.as_json(), "round_trips_us": self.round_trips_us}

    def _send_due(self, elapsed_ns: int) -> None:
        due = min(self.messages, elapsed_ns // self.interval_ns + 1)
        for channel in CHANNELS:
            while self.sent[channel] < due:
                message = make_message(channel, self.sent[channel], time.monotonic_ns())
                try:
                    self.client.send(1, channel, message)
                except WouldBlockError:
                    break  # Not accepted: the next turn tries again, with a new time.
                self.sent[channel] += 1

    def _receive(self) -> None:
        for event in self.client.poll():
            match event:
                case Data(_, channel, data):
                    sent_ns = self.ledger.accept(channel, data)
                    if sent_ns is not None:
                        self.round_trips_us[channel].append((time.monotonic_ns() - sent_ns) / 1_000)
                case Disconnected(_, code, reason):
                    raise SystemExit(f"the connection ended: {code} {reason}")

    def _all_is_back(self) -> bool:
        sent_all = all(count == self.messages for count in self.sent.values())
        return sent_all and all(self.ledger.counts[channel].delivered == self.messages for channel in RELIABLE)

    def _rest(self, started_ns: int) -> None:
        """Until something arrives, or the next messages are due."""
        next_ns = started_ns + min(self.sent.values()) * self.interval_ns
        rest_ns = next_ns - time.monotonic_ns() if min(self.sent.values()) < self.messages else 20_000_000
        self.client.wait(max(rest_ns, 0) / _NS_PER_S)

    def _say_progress(self) -> None:
        returned = [count.delivered for count in self.ledger.counts.values()]
        say({"sent": list(self.sent.values()), "returned": returned})


def run(tcp_port: int, messages: int, rate_hz: int) -> None:
    """Connect to the server on this machine and run one phase."""
    with fastnet.Client.connect(("127.0.0.1", tcp_port)) as client:
        talker = Talker(client, messages, rate_hz)
        talker.run()
        say(talker.report())


if __name__ == "__main__":
    run(*map(int, sys.argv[1:]))
