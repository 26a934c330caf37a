# cython: annotation_typing=True
"""Fetches what the next datagrams of a batch will need, while the processor works on this one: among a thousand peers
nobody's state is in its caches any more, and each line of memory would be waited for by itself.

A peer's state is a tree of small objects, so there is a step for each level: what one step fetched, the next follows.
Rule: a wrong guess costs a little time and nothing else; a prefetch cannot fail.
"""

import cython
from cython.cimports.fastnet.protocol.connection import Connection
from cython.cimports.fastnet.protocol.phases import KeyPhases
from cython.cimports.fastnet.protocol.processor import PyListObject, prefetch
from cython.cimports.fastnet.protocol.recovery import Recovery

FORESIGHT_STEPS = 4


def foresee(peer: Connection, step: cython.int) -> cython.void:
    """A datagram of `peer` comes soon: do step `FORESIGHT_STEPS`, later the next lower one, .., 1."""
    if step == 4:
        _fetch(cython.cast(cython.p_void, peer), 7)
    elif step == 3:
        _fetch_parts(peer)
    elif step == 2:
        _fetch_parts_of_parts(peer.phases, peer.recovery)
        _fetch(cython.cast(cython.p_void, peer.schedule._tails), 1)
        _fetch_items(peer.channels)
    else:
        _fetch_leaves(peer)


def _fetch_parts(peer: Connection) -> cython.void:
    _fetch(cython.cast(cython.p_void, peer.phases), 3)
    _fetch(cython.cast(cython.p_void, peer.recovery), 4)
    _fetch(cython.cast(cython.p_void, peer.replay), 5)
    _fetch(cython.cast(cython.p_void, peer.acks), 7)
    _fetch(cython.cast(cython.p_void, peer.schedule), 2)
    _fetch(cython.cast(cython.p_void, peer.channels), 1)
    _fetch(cython.cast(cython.p_void, peer.path), 2)


def _fetch_parts_of_parts(phases: KeyPhases, recovery: Recovery) -> cython.void:
    _fetch(cython.cast(cython.p_void, phases.opener), 1)
    _fetch(cython.cast(cython.p_void, phases.sealer), 1)
    _fetch(cython.cast(cython.p_void, recovery.sent), 2)
    _fetch(cython.cast(cython.p_void, recovery.rtt), 2)
    _fetch(cython.cast(cython.p_void, recovery.congestion), 2)
    _fetch(cython.cast(cython.p_void, recovery.pacer), 2)
    _fetch(cython.cast(cython.p_void, recovery.announcers), 1)


def _fetch_leaves(peer: Connection) -> cython.void:
    _fetch(cython.cast(cython.p_void, peer.phases.opener._key), 8)
    _fetch(cython.cast(cython.p_void, peer.phases.sealer._key), 8)
    _fetch(cython.cast(cython.p_void, peer.recovery.sent._packets), 5)
    _fetch(cython.cast(cython.p_void, peer.recovery.sent._items), 3)
    _fetch_items(peer.schedule._tails)
    index: cython.Py_ssize_t
    for index in range(len(peer.channels)):
        _fetch(cython.cast(cython.p_void, peer.channels[index]), 5)


def _fetch_items(items: list) -> cython.void:
    """The first of the pointers in a list."""
    whole: cython.pointer(PyListObject) = cython.cast(cython.pointer(PyListObject), cython.cast(cython.p_void, items))
    _fetch(whole.ob_item, 1)


def _fetch(at: cython.p_void, lines: cython.int) -> cython.void:
    line: cython.int
    for line in range(lines):
        prefetch(cython.cast(cython.p_char, at) + line * LINE_BYTES)
