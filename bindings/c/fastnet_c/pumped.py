# cython: annotation_typing=True
"""The turn of a pumped session, which has no loop: its caller comes with time. Rules 1 and 2 of loop.py hold here too.

C calls this compiled code, for a call of a Python function would cost as much as all the rest of an empty turn.
"""

import cython
from cython.cimports.fastnet.net.clock import monotonic_ns
from cython.cimports.fastnet.net.waiter import Poller, wait_readable
from cython.cimports.fastnet_c import bridge as c
from cython.cimports.fastnet_c.rings import Rings
from cython.cimports.libc.stdint import int32_t, uint64_t, uintptr_t
from fastnet.protocol.ticket import NEVER_NS

NEVER = cython.declare(uint64_t, NEVER_NS)
_COLD_GAP_NS = cython.declare(uint64_t, 1_000_000)  # Who was not told looks at its cold descriptor this often.
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
    if wait_us == c.FN_ONLY_OUT:
        if rings.pump is None:
            return 0
        if now_ns - rings.heard_ns < _COLD_GAP_NS:
            count: cython.int = rings.carry_out(now_ns)
            rings.settle(now_ns)
            return count
        wait_us = 0  # Who sends and never polls must hear acknowledgements all the same.
    cold: cython.bint = rings.pump is None
    if wait_us and not rings.has_news():
        if rings.owes:
            rings.settle(now_ns)
            now_ns = monotonic_ns()
        limit_ns: uint64_t = now_ns + 1000 * min(wait_us, _WAIT_US_MAX)
        slept: cython.bint = _sleep_pumped(rings, now_ns, min(limit_ns, rings.due_ns(now_ns)))
        now_ns = monotonic_ns()
        if slept:  # It would have ended for the cold half.
            rings.cold_look_ns = now_ns + _COLD_GAP_NS
            cold = cold or rings.poller.found(2)
    if now_ns >= rings.cold_look_ns:  # Nobody slept, so nobody was told.
        rings.cold_look_ns = now_ns + _COLD_GAP_NS
        cold = cold or wait_readable(rings.cold_fd, 0)
    if cold or rings.cold_asked or now_ns >= rings.cold_due_ns:
        now_ns = rings.call_cold(now_ns)
    rings.heard_ns = now_ns
    return rings.turn(now_ns, True, False) if rings.session != cython.NULL else 0


def _sleep_pumped(rings: Rings, now_ns: uint64_t, until_ns: uint64_t) -> cython.int:
    """Whether it came to that."""
    poller: Poller = rings.poller
    session: cython.pointer(c.fn_session) = rings.session
    poller.put(0, session.wake_handle)
    poller.put(1, rings.pump.udp._fd if rings.pump is not None else -1)
    poller.put(2, rings.cold_fd)
    slept: cython.bint = False
    c.fn_session_lie_down(session)
    if not rings.has_work():
        poller.sleep(NEVER if until_ns == NEVER else until_ns - now_ns if until_ns > now_ns else 0)
        slept = True
    c.fn_session_get_up(session)
    return slept
