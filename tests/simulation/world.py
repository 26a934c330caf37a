"""One small world: two ends, a bad network, random traffic both ways on every channel, and a model of each promise."""

import random
from dataclasses import replace

from channel_models import MODELS, ChannelModel
from configurations import channels_for, config_for
from fastnet.protocol.config import channel_table
from fastnet.protocol.errors import WouldBlockError
from fastnet.protocol.events import Connected, Data, Disconnected, Event
from fastnet.testing import CLEAN, Wire
from fastnet.testing.pair import End, Pair
from matrix import COMBINATIONS, Traffic, blackouts_of, conditions_of, traffic_of

SIZES = (8, 12, 20, 33, 64, 200, 700)
EDGES = (1_100, 1_163, 1_171, 1_180, 1_190, 1_199, 1_200, 1_201, 2_400, 5_000, 16_384)
EVERY_CHANNEL = (0, 1, 2, 3)
MS = 1_000_000


class Flow:
    """What one end sends to the other, channel by channel, and whether it arrives as promised."""

    def __init__(self, pair: Pair, sender: End, receiver: End, traffic: Traffic, prng: random.Random) -> None:
        self.models: dict[int, ChannelModel] = {
            number: MODELS[channel.kind]() for number, channel in channel_table(pair.config).items()
        }
        self.refused = 0
        self._pair, self._sender, self._traffic, self._prng = pair, sender, traffic, prng
        channels = self.models if traffic.channels == EVERY_CHANNEL else traffic.channels
        self._left = dict.fromkeys(channels, traffic.messages)
        self._bulk_left = traffic.bulk_bytes
        self._count = 0
        receiver.on_event = self._hear

    def begin(self) -> None:
        """Send from now on, at the traffic's rate."""
        if self._left or self._bulk_left:
            self._pair.after(self._prng.random() / self._traffic.rate_hz, self._tick)

    @property
    def sending(self) -> bool:
        """Whether the application still has something to send."""
        return any(self._left.values()) or self._bulk_left > 0

    def complete(self) -> bool:
        """Whether everything was sent and everything promised has arrived."""
        return not self.sending and all(model.complete() for model in self.models.values())

    def _tick(self) -> None:
        for channel in self._left:
            if self._left[channel]:
                self._send(channel, self._content(channel))
        if self._bulk_left:
            self._send_bulk()
        self._sender.flush()
        self._check_queues()
        if self.sending:
            self._pair.after(1 / self._traffic.rate_hz, self._tick)

    def _check_queues(self) -> None:
        """What waits at the sender stays within the configured bounds (PROTOCOL.md s. 6.5)."""
        config = self._sender.endpoint.settings.config
        for stats in self._sender.endpoint.peer(self._sender.peer_id).channels.values():
            if channel_table(config)[stats.number].reliable:
                assert stats.queued_bytes <= config.send_queue_reliable_bytes
            else:
                assert stats.queued_bytes <= config.send_queue_bytes
                assert stats.queued_messages <= config.send_queue_messages

    def _send(self, channel: int, data: bytes) -> bool:
        try:
            self._sender.send(channel, data)
        except WouldBlockError:
            self.refused += 1
            return False  # Not accepted, so nothing is promised; a later tick tries again.
        self.models[channel].sent.append(data)
        if self._left.get(channel):
            self._left[channel] -= 1
        return True

    def _send_bulk(self) -> None:
        size = min(self._bulk_left, 50_000)
        if self._send(0, self._unique(0) + self._prng.randbytes(size - 8)):
            self._bulk_left -= size

    def _content(self, channel: int) -> bytes:
        chance = self._prng.random()
        if chance < 0.04:
            return b""
        size = self._prng.choice(EDGES if chance < 0.15 else SIZES)
        return self._unique(channel) + self._prng.randbytes(size - 8)

    def _unique(self, channel: int) -> bytes:
        self._count += 1
        return channel.to_bytes(4) + self._count.to_bytes(4)

    def _hear(self, event: Event) -> None:
        match event:
            case Data(_, channel, data):
                self.models[channel].receive(data)
            case Disconnected(_, code, reason):
                raise AssertionError(f"the connection ended: {code} {reason!r}")
            case Connected():
                pass


class World:
    """Everything one seed decides."""

    def __init__(self, seed: int) -> None:
        prng = random.Random(seed)
        self.up = COMBINATIONS[seed % len(COMBINATIONS)]
        # Half of the worlds are as bad in one direction as in the other, half are lopsided.
        self.down = self.up if prng.random() < 0.5 else prng.choice(COMBINATIONS)
        channels = channels_for(prng)
        self.pair = Pair(
            seed,
            config=config_for(prng, channels),
            server_config=config_for(prng, channels),
            up=conditions_of(self.up),
            down=conditions_of(self.down),
            trace=True,
        )
        client, server = self.pair.client, self.pair.server
        self.flows = (
            Flow(self.pair, client, server, traffic_of(self.up), random.Random(seed + 1)),
            Flow(self.pair, server, client, traffic_of(self.down), random.Random(seed + 2)),
        )
        self._prng = prng

    def run(self) -> None:
        """Connect, send everything, and wait until all that was promised has arrived."""
        self.pair.connect(limit_s=30)
        self._begin_blackouts()
        for flow in self.flows:
            flow.begin()
        done = self.pair.run_until(lambda: all(flow.complete() for flow in self.flows), limit_s=200)
        assert done, f"not everything arrived: {self.describe()}"

    def heal(self) -> None:
        """Make the network a good one, and let what is still under way arrive."""
        for wire in self.wires():
            wire.conditions = CLEAN
        self.pair.run_for(10)

    def wires(self) -> tuple[Wire, Wire]:
        """To the server, and back."""
        client, server = self.pair.client.address, self.pair.server.address
        return self.pair.network.find_wire(client, server), self.pair.network.find_wire(server, client)

    def describe(self) -> str:
        """What is missing, for whoever reads the failure."""
        lines = [f"client {self.pair.config}", f"server {self.pair.server_config}", f"up {self.up}, down {self.down}"]
        for name, flow in zip(("up", "down"), self.flows, strict=True):
            arrived = [f"{number}: {model.received} of {len(model.sent)}" for number, model in flow.models.items()]
            lines.append(f"{name}: {', '.join(arrived)}; still sending: {flow.sending}; refused {flow.refused}")
        return "\n".join(lines)

    def _begin_blackouts(self) -> None:
        since_ms = (self.pair.now_ns - 1_000_000_000) // MS
        for wire, combination in zip(self.wires(), (self.up, self.down), strict=True):
            spans = blackouts_of(combination, since_ms + self._prng.randrange(0, 500))
            wire.conditions = replace(conditions_of(combination), blackouts_ms=spans)
