"""One peer: its keys, its channels, its paths and its state. What comes in is in incoming.py, what goes out in
outgoing.py, what time does in deadlines.py; here is how a connection begins and how it ends."""

from fastnet.protocol.acks import AckTracker
from fastnet.protocol.chance import Chance
from fastnet.protocol.channels.arrivals import OrderedChannel, UnorderedChannel
from fastnet.protocol.channels.base import ACCEPTED, Channel, Inbox
from fastnet.protocol.channels.schedule import Schedule
from fastnet.protocol.channels.sequenced import SequencedChannel
from fastnet.protocol.channels.unreliable import UnreliableChannel
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.events import Connected, Disconnected
from fastnet.protocol.keys import derive_secrets, header_key
from fastnet.protocol.mtu import MtuSearch
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.paths import Path
from fastnet.protocol.phases import KeyPhases
from fastnet.protocol.recovery import Recovery
from fastnet.protocol.replay import ReplayWindow
from fastnet.protocol.sealing import HeaderKey
from fastnet.protocol.settings import Settings
from fastnet.protocol.spec import DATAGRAM_BYTES_BASE, INITIAL_RTT_NS, MESSAGE_COST_BYTES
from fastnet.protocol.states import TRANSITIONS, Input, State
from fastnet.protocol.ticket import NEVER_NS, Ticket

NEVER = NEVER_NS
BINDING = State.BINDING.value
WAIT_BIND = State.WAIT_BIND.value
VALIDATING = State.VALIDATING.value
CONNECTED = State.CONNECTED.value
FLUSHING = State.FLUSHING.value
CLOSING = State.CLOSING.value
DRAINING = State.DRAINING.value
CLOSED = State.CLOSED.value
_MS = 1_000_000
_FIRST_TRY_GAP_NS = 100 * _MS
_NEXT_ENDPOINT_NS = 250 * _MS
_BY_KIND = (OrderedChannel, UnreliableChannel, UnorderedChannel, SequencedChannel)


class Connection:
    """The protocol's side of one peer, from its ticket to its end."""

    def __init__(
        self, ticket: Ticket, slot: int, settings: Settings, inbox: Inbox, chance: Chance, now_ns: int
    ) -> None:
        self.peer_id = self.shown_peer_id = ticket.peer_id
        self.slot = slot
        self.is_server = ticket.is_server
        self.verified = ticket.verified
        self.token_client_id = ticket.token_client_id
        self.reset_token = None if ticket.is_server else ticket.reset_token
        self.credit_granted = ticket.peer_limits.initial_credit_bytes
        self.reliable_message_max = ticket.peer_limits.max_reliable_message_bytes
        self.unreliable_message_max = ticket.peer_limits.max_unreliable_message_bytes
        self.settings = settings
        self.inbox = inbox
        self.chance = chance
        self.receive_id = ticket.receive_id
        self.receive_id_bytes = ticket.receive_id_bytes
        self.send_id = ticket.send_id
        self.send_id_bytes = ticket.send_id_bytes
        self._make_keys(ticket, now_ns)
        self.replay = ReplayWindow()
        self.acks = AckTracker(settings.ack_delay_reliable_ns, settings.ack_delay_unreliable_ns)
        self.schedule = Schedule()
        self.channels = [None] * settings.channel_count
        self.recovery = Recovery(settings, self.acks, self.phases, self.channels, self.schedule)
        self.recovery.peer_delay_reliable_ns = ticket.peer_limits.ack_delay_reliable_us * 1_000
        limits = ticket.peer_limits
        self.recovery.peer_delay_ns = max(limits.ack_delay_reliable_us, limits.ack_delay_unreliable_us) * 1_000
        self.recovery.rtt.seed(ticket.first_rtt_ns or INITIAL_RTT_NS)
        self.next_skip = 256 + chance.below(1_024)
        self.mtu = DATAGRAM_BYTES_BASE
        if settings.mtu_discovery:
            largest = min(settings.max_datagram_bytes, ticket.peer_limits.max_datagram_bytes)
            self.mtu_search = MtuSearch(largest, now_ns)
        self.candidates = []
        self.unflushed = []
        self.last_received_ns = self.last_eliciting_ns = now_ns
        self.idle_timeout_ns = settings.idle_timeout_ns(ticket.peer_limits.idle_timeout_ms)
        self.pace_ns = self.close_next_ns = self.check_credit_ns = NEVER
        self.close_reason = ""

    def _make_keys(self, ticket: Ticket, now_ns: int) -> None:
        to_server, to_client = derive_secrets(ticket.exporter_secret)
        send, receive = (to_client, to_server) if ticket.is_server else (to_server, to_client)
        self.phases = KeyPhases(ticket.cipher, send, receive, now_ns)
        if ticket.header_protection:
            self.send_header_key = HeaderKey(header_key(send))
            self.receive_header_key = HeaderKey(header_key(receive))

    # Channels.

    def channel_at(self, slot: int) -> Channel:
        """The channel in `slot`, made when it is first used: most peers use few."""
        channel = self.channels[slot]
        if channel is None:
            channel = self._open_channel(slot)
        return channel

    def _open_channel(self, slot: int) -> Channel:
        number, config = list(self.settings.channel_table.items())[slot]
        channel = _BY_KIND[config.kind_number](config, number, slot, self.shown_peer_id, self.settings, self.inbox)
        if channel.reliable:
            channel.raise_limit(self.credit_granted)
        channel.set_message_max(self._message_max(channel.reliable))
        self.channels[slot] = channel
        return channel

    def _message_max(self, reliable: bool) -> int:
        """The largest message of such a channel: what the peer accepts and our queue holds."""
        if not reliable:
            return min(self.unreliable_message_max, self.settings.send_queue_bytes)
        return min(self.reliable_message_max, self.settings.send_queue_reliable_bytes - MESSAGE_COST_BYTES)

    def message_max(self, number: int) -> int:
        """What channel `number` carries at most, whether or not it was used yet; 0: there is none."""
        config = self.settings.channel_table.get(number)
        return 0 if config is None else self._message_max(config.reliable)

    def offer(self, slot: int, data: bytes, flush: bool) -> int:
        """Queue a message: ACCEPTED, WOULD_BLOCK or TOO_LARGE. Without `flush` it waits for `flush`."""
        channel = self.channel_at(slot)
        code = channel.offer(data)
        if code == ACCEPTED and flush:  # Mostly; it spares a call.
            return self.schedule.add(channel)
        return self.offered(channel, code, flush)

    def offered(self, channel: Channel, code: int, flush: bool) -> int:
        """`channel` took something, if that is what `code` says."""
        if code != ACCEPTED:
            return code
        if flush:
            return self.schedule.add(channel)
        if not channel.unflushed:
            channel.unflushed = True
            self.unflushed.append(channel)
        return code

    def flush(self) -> int:
        """Let what was offered without flush go."""
        for channel in self.unflushed:
            channel.unflushed = False
            channel.mark_flushed()
            self.schedule.add(channel)
        self.unflushed.clear()
        return 0

    def flush_waiting(self) -> bool:
        """`flush`, and whether anything waited for it."""
        self.awaits_flush = False
        if not self.unflushed:
            return False
        self.flush()
        return True

    def ping(self) -> None:
        """Send a PING with the next datagram."""
        self.ping_due = True

    def reliable_finished(self) -> bool:
        """Whether all that was accepted on reliable channels has arrived."""
        for channel in self.channels:
            if channel is not None and channel.reliable:
                reliable = channel
                if not reliable.finished():
                    return False
        return True

    # Beginning.

    def begin(self, ticket: Ticket, now_ns: int) -> int:
        """The ticket is fresh: a client starts to bind its UDP path, a server waits for that."""
        self.held_data = []  # A server may be connected, and speak, a lost datagram before its client.
        if self.is_server:
            self.state = WAIT_BIND
            self.state_deadline_ns = now_ns + self.settings.bind_timeout_server_ns
            return 0
        self.state = BINDING
        self.state_deadline_ns = now_ns + self.settings.bind_timeout_ns
        for index, address in enumerate(ticket.endpoints):
            path = Path.towards(address)
            path.next_try_ns = now_ns + index * _NEXT_ENDPOINT_NS
            path.try_gap_ns = _FIRST_TRY_GAP_NS
            path.validated = True  # A client chose it; the 3x rule is for servers.
            path.deadline_ns = self.state_deadline_ns
            self.candidates.append(path)
        return 0

    def start_at(self, number: int, id: int) -> int:
        """Begin with packet `number` both ways and message `id` on all channels; only for tests of large numbers."""
        self.recovery.sent.start_at(number)
        self.recovery.largest_acked = number
        self.next_skip += number
        self.replay.mark(number - 1)
        self.acks.on_received(number - 1, False, False, 0)
        for slot in range(self.settings.channel_count):
            self.channel_at(slot).start_at(id)
        return 0

    def validate(self, path: Path, now_ns: int) -> int:
        """The peer answered from `path`: it is the active one from now on."""
        old = self.path
        path.validated = True
        path.tokens = None
        path.challenge_due = False
        path.next_try_ns = path.deadline_ns = NEVER
        self.path = path
        self.candidates = [other for other in self.candidates if other is not path and old is not None]
        if self.state == BINDING or self.state == VALIDATING:
            return self.connected(now_ns)
        if old is not None and not path.same_host(old):
            self.recovery.on_new_path(now_ns)
            self.mtu = DATAGRAM_BYTES_BASE
            if self.mtu_search is not None:
                self.mtu_search.on_new_path(now_ns)
        return 0

    def connected(self, now_ns: int) -> int:
        """Both ends proved themselves on UDP."""
        self.move(Input.PATH_ANSWERED)
        self.state_deadline_ns = NEVER
        self.last_eliciting_ns = now_ns
        self.announced = True
        self.inbox.add(Connected(self.peer_id))
        held = self.held_data
        self.held_data = None
        self.inbox.holding = None
        if held:
            self.inbox.deliver_all(held)
        return 0

    def candidate_of(self, inbound: Datagram) -> Path:
        """The path `inbound` came by, if we know it; else None."""
        if self.path is not None and self.path.is_of(inbound):
            return self.path
        for path in self.candidates:
            if path.is_of(inbound):
                return path
        return None

    # Ending.

    def move(self, wish: int) -> bool:
        """Follow the table of states; False, and no change, where it has no such row."""
        state = TRANSITIONS.get((self.state, wish))
        if state is None:
            return False
        self.state = state
        return True

    def disconnect(self, code: int, reason: str, linger_ns: int, now_ns: int) -> int:
        """The application wants it to end: flush what is reliable, at most `linger_ns`, then close."""
        if not self.move(Input.DISCONNECT):
            return 0
        self.close_code = code
        self.close_reason = reason
        self.flush()
        if self.state == FLUSHING:
            self.state_deadline_ns = now_ns + linger_ns
            if linger_ns and not self.reliable_finished():
                return 0
            self.move(Input.FLUSHED)
        if self.state == CLOSED:
            return self.report_end(False)
        return self.start_closing(now_ns)

    def handle_flushed(self, now_ns: int) -> int:
        """All that was reliable has arrived: the linger is over."""
        if self.move(Input.FLUSHED):
            self.start_closing(now_ns)
        return 0

    def fail(self, code: int, reason: str, now_ns: int) -> int:
        """The peer broke a rule, or we cannot go on: close at once."""
        if not self.move(Input.RULE_BROKEN):
            return 0
        self.close_code = code
        self.close_reason = reason
        return self.start_closing(now_ns)

    def start_closing(self, now_ns: int) -> int:
        """Send CLOSE, again after 1 and 2 PTO, and be gone after 3."""
        self.state_deadline_ns = now_ns + 3 * self.recovery.pto_ns()
        self.close_due = True
        self.repeat_close(now_ns)
        return self.report_end(False)

    def repeat_close(self, now_ns: int) -> int:
        """CLOSE is sent three times by itself: at once, after 1 and after 2 PTO."""
        self.close_repeats += 1
        self.close_next_ns = now_ns + self.recovery.pto_ns() if self.close_repeats <= 2 else NEVER
        return 0

    def on_close(self, code: int, reason: str, now_ns: int) -> int:
        """The peer sent CLOSE: answer once with the same code, and drain."""
        if not self.move(Input.CLOSE_RECEIVED):
            return 0
        if self.state == CLOSED:
            return 0
        self.close_code = code
        self.close_reason = reason
        self.close_due = True
        self.state_deadline_ns = now_ns + 3 * self.recovery.pto_ns()
        return self.report_end(True)

    def gone(self, now_ns: int) -> bool:
        """Whether it is over and its id need not be kept: a server that sent CLOSE keeps it for 3 PTO, so that what is
        still under way to it gets no reset."""
        kept = self.is_server and self.close_repeats and now_ns < self.state_deadline_ns
        return self.state == CLOSED and not kept

    def finish(self, code: int, reason: str, now_ns: int) -> int:
        """It is over without a word to the peer: timeout or reset."""
        self.state = CLOSED
        self.close_repeats = 0
        self.close_code = code
        self.close_reason = reason
        return self.report_end(False)

    def heed_reset(self, inbound: Datagram, now_ns: int) -> bool:
        """A client could not open `inbound`: whether it is its server's stateless reset (s. 9.3), which ends this."""
        if self.candidate_of(inbound) is None or not inbound.ends_with(self.reset_token):
            return False
        self.finish(CloseCode.PEER_RESET, "the server no longer knows this connection: it restarted", now_ns)
        return True

    def report_end(self, by_peer: bool) -> int:
        """One `Disconnected`, unless the application never heard of a peer that did not get through."""
        self.release()
        if self.final_report_made:
            return 0
        self.final_report_made = True
        if self.announced or not self.is_server:
            self.inbox.add(Disconnected(self.peer_id, self.close_code, self.close_reason, by_peer))
        return 0

    def release(self) -> int:
        """Give back what the endpoint lent; the channels stay, for figures."""
        self.held_data = None
        for channel in self.channels:
            if channel is not None and channel.reliable:
                reliable = channel
                self.inbox.budget += reliable.credit.grown
                reliable.credit.grown = 0
                reliable.ended = True
                if reliable.waits:
                    reliable.waits = False
                    self.inbox.wishers.remove(reliable)
        return 0
