"""What became of the packets we sent: loss detection, probes; RFC 9002 with the changes of PROTOCOL.md s. 7. What the
peer says of them is in acknowledged.py.

Rule 1: data is sent again, packets never; a lost packet's items go back to their channels.
Rule 2: no count of retries ends a connection; only the idle timeout does.
Rule 3: a late ack proves a loss spurious: the cut of the window is undone and the reordering threshold learns.
"""

from fastnet.protocol.acks import AckTracker
from fastnet.protocol.channels.base import Channel
from fastnet.protocol.channels.schedule import Schedule
from fastnet.protocol.congestion import NewReno
from fastnet.protocol.pacing import Pacer
from fastnet.protocol.phases import KeyPhases
from fastnet.protocol.redundancy import Redundancy
from fastnet.protocol.rtt import RttEstimator
from fastnet.protocol.sent import SentLog
from fastnet.protocol.settings import Settings
from fastnet.protocol.spec import (
    DATAGRAM_BYTES_BASE,
    GRANULARITY_NS,
    INITIAL_RTT_NS,
    PACKET_THRESHOLD,
    PTO_MAX_NS,
)

NEVER = 2**64 - 1
_PACING_DEPTH_BYTES = 12_000


class Recovery:
    """The sender's memory of one connection."""

    def __init__(
        self,
        settings: Settings,
        acks: AckTracker,
        phases: KeyPhases,
        channels: list[Channel | None],
        schedule: Schedule,
    ):
        self.settings = settings
        self.acks = acks
        self.phases = phases
        self.channels = channels
        self.announcers = []
        self.schedule = schedule
        self.sent = SentLog(settings.packets_in_flight_max)
        self.rtt = RttEstimator()
        self.congestion = NewReno(
            settings.initial_window_bytes, settings.minimum_window_bytes, settings.maximum_window_bytes
        )
        self.pacer = Pacer(_PACING_DEPTH_BYTES)
        self.packet_threshold = PACKET_THRESHOLD
        self.base_bytes = DATAGRAM_BYTES_BASE
        self.deadline_ns = self._loss_ns = NEVER

    def on_sent(self, packet: object) -> None:
        """A packet was committed to the log."""
        if packet.counted:
            self.congestion.on_sent(packet.size)
            self.pacer.on_sent(packet.size)
        if packet.items:
            self.carrying += 1
        if packet.eliciting and self._loss_ns == NEVER:
            self.arm()

    def detect_lost(self, now_ns: int) -> int:
        """Packets sent before an acknowledged one, by number or by time; RFC 9002 s. 6.1."""
        self._loss_ns = NEVER
        delay_ns = self._loss_delay_ns()
        first_ns = last_ns = 0
        number = self.sent.oldest
        while number < self.largest_acked:
            packet = self.sent.at(number)
            if packet.state == IN_FLIGHT:
                if self.largest_acked - number < self.packet_threshold and packet.sent_ns + delay_ns > now_ns:
                    self._loss_ns = packet.sent_ns + delay_ns
                    break
                if packet.eliciting and not packet.probe:
                    first_ns = packet.sent_ns if first_ns == 0 else first_ns
                    last_ns = packet.sent_ns
                self._lose(packet, now_ns)
            elif packet.state == GONE:
                first_ns = 0  # An ack in between: what follows is another run of losses.
            number += 1
        if first_ns and self.rtt.has_sample and last_ns - first_ns > 3 * self.rtt.pto_ns(self.peer_delay_ns):
            self.congestion.on_persistent()
        return 0

    def _loss_delay_ns(self) -> int:
        """The time threshold, raised to how late packets came that we took for lost, at most 3 round trips."""
        late_ns = 3 * self.rtt.smoothed_ns
        late_ns = self.late_ns if self.late_ns < late_ns else late_ns
        delay_ns = self.rtt.loss_delay_ns()
        return late_ns + GRANULARITY_NS if late_ns + GRANULARITY_NS > delay_ns else delay_ns

    def _lose(self, packet: object, now_ns: int) -> int:
        self.late_ns -= self.late_ns >> 4  # Taken back in full if this one, too, is only late.
        self.sent.settle(packet, LOST)
        self.packets_lost += 1
        if packet.probe == PROBE_MTU:
            self.probe_lost = True
        elif packet.counted:
            self._note_loss()
            empty_ns = 0 if self.redundancy.queue_stands(self.rtt.min_ns) else self.rtt.min_ns
            self.congestion.on_lost(packet.size, packet.sent_ns, now_ns, empty_ns)
        if packet.size > self.base_bytes and not packet.probe:
            self.large_lost += 1
        if packet.items:
            self.carrying -= 1
            if not packet.requeued:
                self._requeue(packet)
        return 0

    def _note_loss(self) -> int:
        if self.redundancy is None:
            self.redundancy = Redundancy()
        self.redundancy.on_lost()
        return 0

    def _requeue(self, packet: object) -> int:
        """What the packet carried goes back to its channels."""
        packet.requeued = True
        for index in range(packet.items):
            item = self.sent.item(packet.first_item + index)
            if item.kind == ITEM_REPEAT:
                continue
            if item.kind == ITEM_ANSWER:
                self.answer_due = self.answering
                continue
            if item.kind >= ITEM_MAX_CREDIT:
                self._announce_again(item.slot, item.kind)
                continue
            channel = self.channels[item.slot]
            channel.on_lost(item.kind, item.id, item.unit, item.length)
            self.schedule.add(channel)
        return 0

    def _announce_again(self, slot: int, kind: int) -> int:
        channel = self.channels[slot]
        if kind == ITEM_MAX_CREDIT:
            channel.announcing = True
        else:
            channel.asking = not channel.may_open() and channel.total_cost > channel.limit
            if not channel.asking:
                channel.wanted = 0  # Nobody heard it: the next time it is blocked it must ask again.
        if (channel.announcing or channel.asking) and not channel.signalled:
            channel.signalled = True
            self.announcers.append(channel)
        return 0

    def pto_ns(self) -> int:
        """How long silence lasts until we probe, before backoff."""
        pto_ns = self.rtt.pto_ns(self.peer_delay_reliable_ns if self.carrying else self.peer_delay_ns)
        return pto_ns if pto_ns < PTO_MAX_NS else PTO_MAX_NS

    def arm(self) -> None:
        """Set `deadline_ns`: when a packet counts as lost by time, or else when to probe."""
        if self._loss_ns != NEVER:
            self.deadline_ns = self._loss_ns
            return
        if self.sent.eliciting_in_flight == 0:
            self.deadline_ns = NEVER
            return
        pto_ns = self.pto_ns()
        backed_off = pto_ns
        if self.pto_count:
            cap = 2 * self.rtt.smoothed_ns
            cap = self.settings.pto_max_ns if self.settings.pto_max_ns > cap else cap
            step = self.pto_count
            while step > 0 and backed_off < cap:
                backed_off *= 2
                step -= 1
            if backed_off > cap:
                backed_off = cap if cap > pto_ns else pto_ns
        self.deadline_ns = self.sent.last_eliciting_ns + backed_off

    def handle_deadline(self, now_ns: int) -> int:
        """`deadline_ns` has passed."""
        if self._loss_ns != NEVER:
            self.detect_lost(now_ns)
            self.sent.retire(now_ns, 2 * self.pto_ns())
        else:
            self._probe(now_ns)
        self.arm()
        return 0

    def _probe(self, now_ns: int) -> int:
        """The oldest unacknowledged reliable data goes again in up to two packets, or else a PING."""
        self.pto_count += 1
        if not self.sent.has_room():
            self.make_room(now_ns)
        self.probes = 2
        left = 2
        number = self.sent.oldest
        while number < self.sent.next_number and left > 0:
            packet = self.sent.at(number)
            if packet.state == IN_FLIGHT and packet.items:
                left -= 1
                self._requeue(packet)
            number += 1
        if left:
            self.probes = 2 - left if left < 2 else 1
        # The next one waits from now, not from the packet that got no answer.
        self.sent.last_eliciting_ns = now_ns
        return 0

    def make_room(self, now_ns: int) -> int:
        """The log is full of packets without an answer: give the oldest up, for a probe must always be possible."""
        number = self.sent.oldest
        left = 64
        while number < self.sent.next_number and left > 0:
            packet = self.sent.at(number)
            if packet.state == IN_FLIGHT:
                self._lose(packet, now_ns)
            number += 1
            left -= 1
        self.sent.retire(now_ns, 0)
        return 0

    def on_new_path(self, now_ns: int) -> None:
        """Another host: what we knew of the path is worth nothing, and the fate of what went to the old one neither."""
        number = self.sent.oldest
        while number < self.sent.next_number:
            packet = self.sent.at(number)
            if packet.state == IN_FLIGHT:
                self.congestion.on_discarded(packet.size if packet.counted else 0)
                packet.counted = False
                packet.probe = PROBE_PATH
            number += 1
        self.rtt.reset(INITIAL_RTT_NS)
        self.congestion.reset()
        self.pacer.reset(now_ns)
