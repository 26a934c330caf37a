"""What time does to a connection: its deadlines, the next one, and what happens when one has come."""

from fastnet.protocol.connection import Connection
from fastnet.protocol.mtu import LARGE_LOST_MAX
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.spec import DATAGRAM_BYTES_BASE
from fastnet.protocol.states import Input, State
from fastnet.protocol.ticket import NEVER_NS

NEVER = NEVER_NS
BINDING = State.BINDING.value
WAIT_BIND = State.WAIT_BIND.value
VALIDATING = State.VALIDATING.value
CONNECTED = State.CONNECTED.value
FLUSHING = State.FLUSHING.value
CLOSING = State.CLOSING.value
_TRY_GAP_MAX_NS = 500_000_000
_CREDIT_REST_NS = 30_000_000_000  # Growth of a window that is unused for so long goes back.


def idle_ns(peer: Connection) -> int:
    """How long silence may last: the negotiated time, but at least 3 PTO."""
    if peer.idle_timeout_ns == NEVER:
        return NEVER
    pto_ns = 3 * peer.recovery.pto_ns()
    return peer.idle_timeout_ns if peer.idle_timeout_ns > pto_ns else pto_ns


def keepalive_deadline_ns(peer: Connection) -> int:
    """When to send a PING if nothing else happens."""
    if not peer.is_server:
        return peer.last_eliciting_ns + peer.settings.keepalive_ns
    if peer.idle_timeout_ns == NEVER:
        return NEVER
    quiet_ns = peer.last_eliciting_ns if peer.last_eliciting_ns > peer.last_received_ns else peer.last_received_ns
    return quiet_ns + peer.idle_timeout_ns // 2


def next_deadline_ns(peer: Connection) -> int:
    """The earliest of all that waits for time to pass."""
    if peer.recovery.noted:
        apply_noted(peer.recovery)
    deadline = peer.state_deadline_ns
    if peer.state == CONNECTED or peer.state == FLUSHING:
        if peer.acks.deadline_ns < deadline and peer.recovery.sent.has_room():  # Without room only a probe helps.
            deadline = peer.acks.deadline_ns
        if peer.recovery.deadline_ns < deadline:
            deadline = peer.recovery.deadline_ns
        if peer.pace_ns < deadline:
            deadline = peer.pace_ns
        silence_ns = keepalive_deadline_ns(peer)
        if silence_ns < deadline:
            deadline = silence_ns
        if peer.idle_timeout_ns != NEVER and peer.last_received_ns + peer.idle_timeout_ns < deadline:
            silence_ns = peer.last_received_ns + idle_ns(peer)  # Seldom: the PTO lies far from the rest.
            if silence_ns < deadline:
                deadline = silence_ns
        if peer.check_credit_ns < deadline:
            deadline = peer.check_credit_ns
        if peer.mtu_search is not None and peer.mtu_search.next_ns < deadline:
            deadline = peer.mtu_search.next_ns
    if peer.close_next_ns < deadline:
        deadline = peer.close_next_ns
    if peer.candidates and _paths_deadline_ns(peer) < deadline:
        deadline = _paths_deadline_ns(peer)
    return deadline


def _paths_deadline_ns(peer: Connection) -> int:
    deadline = NEVER
    for path in peer.candidates:
        deadline = min(deadline, path.next_try_ns, path.deadline_ns)
    return deadline


def handle_deadline(peer: Connection, now_ns: int) -> int:
    """Do all that is due at `now_ns`; what must be sent is left to the builder."""
    if peer.recovery.noted:
        apply_noted(peer.recovery)
    if now_ns >= peer.state_deadline_ns:
        _handle_state(peer, now_ns)
    if peer.candidates:
        handle_paths(peer, now_ns)
    if now_ns >= peer.close_next_ns:
        peer.close_due = True  # Only CLOSING heeds it.
        peer.repeat_close(now_ns)
    if peer.state == CONNECTED or peer.state == FLUSHING:
        if now_ns >= peer.recovery.deadline_ns:
            peer.recovery.handle_deadline(now_ns)
        if now_ns >= peer.pace_ns:
            peer.pace_ns = NEVER
        if now_ns >= peer.check_credit_ns:
            _rest_credit(peer, now_ns)
            if peer.state >= CLOSING:
                return 0
        if peer.mtu_search is not None:
            heed_mtu(peer, now_ns)
        _handle_silence(peer, now_ns)
    return 0


def _handle_state(peer: Connection, now_ns: int) -> int:
    state = peer.state
    if state < CLOSING:
        peer.state_deadline_ns = NEVER
    peer.move(Input.EXPIRED)
    if state == BINDING:
        reason = "TLS reached the server, UDP did not: a firewall or NAT drops UDP on this path"
        peer.finish(CloseCode.UDP_UNREACHABLE, reason, now_ns)
    elif state == WAIT_BIND or state == VALIDATING:
        peer.finish(CloseCode.UDP_UNREACHABLE, "the client's UDP path was never bound", now_ns)
    elif state == FLUSHING:
        peer.start_closing(now_ns)
    return 0


def handle_paths(peer: Connection, now_ns: int) -> int:
    """Challenge again where it is time, forget who did not answer."""
    for path in peer.candidates:
        if now_ns >= path.next_try_ns and now_ns < path.deadline_ns:
            path.challenge_due = True
            peer.paths_due = True
            path.next_try_ns = now_ns + path.try_gap_ns
            if not peer.is_server:  # Servers keep to the PTO.
                grown = path.try_gap_ns * 3 // 2
                path.try_gap_ns = grown if grown < _TRY_GAP_MAX_NS else _TRY_GAP_MAX_NS
    peer.candidates = [path for path in peer.candidates if now_ns < path.deadline_ns]
    return 0


def _handle_silence(peer: Connection, now_ns: int) -> int:
    if peer.idle_timeout_ns != NEVER and now_ns >= peer.last_received_ns + idle_ns(peer):
        seconds = idle_ns(peer) / 1e9
        return peer.finish(CloseCode.IDLE_TIMEOUT, f"nothing arrived from the peer for {seconds:.1f} s", now_ns)
    if now_ns - peer.last_eliciting_ns >= peer.settings.keepalive_ns:
        _rest(peer, now_ns)
    if now_ns >= keepalive_deadline_ns(peer):
        peer.ping_due = True
        peer.last_eliciting_ns = now_ns
    if not peer.is_server and now_ns - peer.phases.began_ns >= peer.settings.key_update_ns:
        maybe_update_keys(peer, now_ns)
    return 0


def _rest(peer: Connection, now_ns: int) -> int:
    """We sent nothing of substance for a keepalive's time: memory that only traffic needs goes back."""
    peer.recovery.sent.rest()
    peer.phases.rest(now_ns)
    for channel in peer.channels:
        if channel is not None:
            channel.rest(now_ns)
    return 0


def heed_mtu(peer: Connection, now_ns: int) -> int:
    """Acks and losses may tell how large a datagram can be; a probe may be due."""
    search, recovery = peer.mtu_search, peer.recovery
    if recovery.probe_acked:
        search.on_acked(now_ns)
    elif recovery.probe_lost:
        search.on_lost(now_ns)
    recovery.probe_acked = recovery.probe_lost = False
    if peer.mtu > DATAGRAM_BYTES_BASE and (recovery.large_lost >= LARGE_LOST_MAX or recovery.pto_count >= 2):
        search.on_black_hole(now_ns)
        recovery.large_lost = 0
    peer.mtu = search.current
    peer.mtu_due = peer.mtu_due or now_ns >= search.next_ns
    return 0


def maybe_update_keys(peer: Connection, now_ns: int) -> int:
    """Begin the next key phase if the rules of 4.2 allow it now."""
    if peer.phases.may_advance(now_ns, peer.recovery.pto_ns()):
        peer.phases.advance(now_ns, peer.recovery.sent.next_number)
    return 0


def _rest_credit(peer: Connection, now_ns: int) -> int:
    """Windows that grew and were not needed lately shrink again; whoever keeps what others wait for must go."""
    peer.check_credit_ns = NEVER
    for channel in peer.channels:
        if channel is not None and channel.reliable:
            reliable = channel
            reliable.holds = False
            if reliable.credit.grown or reliable.wish:
                reliable.check_growth()
                peer.check_credit_ns = now_ns + _CREDIT_REST_NS
    serve_wishers(peer.inbox)  # What just went back may be all that they wait for.
    for channel in peer.channels:
        if channel is not None and channel.reliable and _keeps_from_others(peer, channel):
            reason = "windows were held without progress while others waited for memory"
            return peer.fail(CloseCode.RESOURCE_LIMIT, reason, now_ns)
    return 0


def _keeps_from_others(peer: Connection, channel: Channel) -> bool:
    """Whether `channel` holds memory without progress, and another one waits for what only the budget denies it."""
    reliable = channel
    if not reliable.holds:
        return False
    for wisher in peer.inbox.wishers:
        other = wisher
        if other is not reliable and other.starves():
            return True
    return False
