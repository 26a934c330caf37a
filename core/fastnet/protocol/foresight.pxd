"""C types of foresight.py; no logic."""
cimport cython
from fastnet.protocol.connection cimport Connection
from fastnet.protocol.phases cimport KeyPhases
from fastnet.protocol.recovery cimport Recovery

cdef enum:
    LINE_BYTES = 64  # What processors fetch at once.

cdef void foresee(Connection peer, int step) noexcept
cdef void _fetch_parts(Connection peer) noexcept
cdef void _fetch_parts_of_parts(KeyPhases phases, Recovery recovery) noexcept
cdef void _fetch_leaves(Connection peer) noexcept
cdef void _fetch_items(list items) noexcept
cdef void _fetch(void* at, int lines) noexcept
