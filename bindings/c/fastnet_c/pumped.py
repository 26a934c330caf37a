# cython: annotation_typing=True
"""The turn of a pumped session, which has no loop: its caller comes with time. Rules 1 and 2 of loop.py hold here too.

C calls this compiled code, for a call of a Python function would cost as much as all the rest of an empty turn.
"""

import cython
from cython.cimports.fastnet.net.clock import monotonic_ns
from cython.cimports.fastnet.net.pump import Pump
from cython.cimports.fastnet.net.udp import SPIN_SLICE_NS, UdpSocket
from cython.cimports.fastnet.net.waiter import wait_readable
from cython.cimports.fastnet_c import bridge as c
from cython.cimports.fastnet_c.rings import Rings
from cython.cimports.libc.stdint import int32_t, uint64_t, uintptr_t
from fastnet.protocol.ticket import NEVER_NS

NEVER = cython.declare(uint64_t, NEVER_NS)
_COLD_GAP_NS = cython.declare(uint64_t, 1_000_000)  # Who was not told looks at its cold descriptor this often.
_SOON_NS = cython.declare(uint64_t, 20_000)  # So long after something happened a poll that spins looks ..
_GLANCE_NS = cython.declare(uint64_t, 1_000)  # .. for so long, if it finds nothing.
_WAIT_US_MAX = cython.declare(uint64_t, 1_000_000_000_000)

_broken_pumped = cython.declare(object, None)


def take_pumped(bridge: uintptr_t, broken: object) -> None:
    """From now on the shim's pumped turns come here; `broken` as for `Loop`."""
    global _broken_pumped
    _broken_pumped = broken
    cython.cast(cython.pointer(c.fn_bridge), bridge).turn_inside = run_pumped


def run_pumped(session: cython.pointer(c.fn_session), wait_us: uint64_t) -> int32_t:
    """The turn that bridge.h promises, inside the interpreter's lock."""
    rings: Rings = cython.cast(Rings, session.core)
    try:
        return c.FN_RAN + turn_pumped(rings, wait_us)
    except Exception as error:
        try:
            _broken_pumped(rings, error)
        except Exception:
            return c.FASTNET_ERROR_INTERNAL
        return c.FN_RAN


def turn_pumped(rings: Rings, wait_us: uint64_t) -> cython.int:
    """One turn, after waiting for something to do for at most `wait_us`; how much happened. FN_ONLY_OUT: the outgoing
    half alone."""
    now_ns: uint64_t = monotonic_ns()
    count: cython.int
    if wait_us == c.FN_ONLY_OUT:
        if rings.pump is None:
            return 0
        if now_ns - rings.heard_ns < _COLD_GAP_NS:  # Who sends and never polls must hear acknowledgements all the same.
            count = rings.carry_out(now_ns)
            rings.settle(now_ns)
            rings.active_ns = now_ns
            return count
    elif wait_us == 0:
        _glance(rings, now_ns)
    elif not rings.has_news():
        now_ns = _wait(rings, now_ns, wait_us)
    if _is_cold(rings, now_ns):
        now_ns = rings.call_cold(now_ns)
    rings.heard_ns = now_ns
    count = rings.turn(now_ns, True, False) if rings.session != cython.NULL else 0
    if count:
        rings.active_ns = now_ns
    return count


def _is_cold(rings: Rings, now_ns: uint64_t) -> cython.bint:
    """Whether the cold half has something to do. Its descriptor is asked here, unless a wait has just done that."""
    found: cython.bint = rings.pump is None or rings.cold_asked or now_ns >= rings.cold_due_ns
    if rings.asked:
        rings.asked = False
        rings.cold_look_ns = now_ns + _COLD_GAP_NS
        return found or rings.poller.found(2)
    if now_ns >= rings.cold_look_ns:
        rings.cold_look_ns = now_ns + _COLD_GAP_NS
        return found or wait_readable(rings.cold_fd, 0)
    return found


def _wait(rings: Rings, now_ns: uint64_t, wait_us: uint64_t) -> uint64_t:
    """Until there is something to do; the time after it."""
    if rings.owes:
        rings.settle(now_ns)
        now_ns = monotonic_ns()
    until_ns: uint64_t = min(now_ns + 1000 * min(wait_us, _WAIT_US_MAX), rings.due_ns(now_ns))
    rings.poller.put(0, rings.session.wake_handle)
    rings.poller.put(1, rings.pump.udp._fd if rings.pump is not None else -1)
    rings.poller.put(2, rings.cold_fd)
    c.fn_session_lie_down(rings.session)  # From here on, `fastnet_client_wake` and its like write to the eventfd.
    if not rings.has_work():
        now_ns = _spin(rings, now_ns, until_ns)
        if now_ns:
            _ask(rings, NEVER if until_ns == NEVER else until_ns - now_ns if until_ns > now_ns else 0)
    c.fn_session_get_up(rings.session)
    return monotonic_ns()


def _spin(rings: Rings, now_ns: uint64_t, until_ns: uint64_t) -> uint64_t:
    """Ask the socket again and again for as long as the idle policy says, and all descriptors now and then, which lets
    other threads in. 0: there is something to do; else the time since when to sleep."""
    if rings.pump is None or rings.spin_ns == 0:
        return now_ns
    udp: UdpSocket = rings.pump.udp
    awake_ns: uint64_t = until_ns if rings.spin_ns == NEVER else min(until_ns, rings.active_ns + rings.spin_ns)
    while now_ns < awake_ns:
        rings.pump._ready = udp.receive_spin(now_ns, min(awake_ns, now_ns + SPIN_SLICE_NS))
        if rings.pump._ready or _ask(rings, 0):
            return 0
        now_ns = monotonic_ns()
    return now_ns


def _glance(rings: Rings, now_ns: uint64_t) -> cython.int:
    """Of a poll that spins, soon after something happened: it looks for a moment, for each look costs less in here than
    by another poll. Later its caller waits for a moment of his own, and wants to be back in time."""
    pump: Pump = rings.pump
    soon: cython.bint = rings.spin_ns > 0 and now_ns - rings.active_ns < _SOON_NS
    if soon and pump is not None and not pump._ready and not rings.owes:
        pump._ready = pump.udp.receive_spin(now_ns, now_ns + _GLANCE_NS)
    return 0


def _ask(rings: Rings, timeout_ns: uint64_t) -> cython.bint:
    """Sleep until a descriptor can be read; whether one can."""
    rings.asked = True
    return rings.poller.sleep(timeout_ns) > 0
