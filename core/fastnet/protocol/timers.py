# cython: annotation_typing=True
"""When is which peer due? A binary heap with one entry a peer, so that an idle peer costs nothing per turn.

A deadline that moves to a later time, as most do with every packet, is only noted; its entry follows when it comes to
the top. So a peer in the middle of a conversation costs the heap little, and its own memory is not asked.

Raw, because its arrays are C memory of its own. `slots` is the fixed number of peers, at most 65,535.
"""

import cython
from cython.cimports.fastnet.protocol.timers import Entry
from cython.cimports.libc.stdint import uint32_t, uint64_t
from cython.cimports.libc.stdlib import calloc, free

NEVER = cython.declare(uint64_t, 0xFFFFFFFFFFFFFFFF)


class TimerHeap:
    """The deadlines of `slots` peers."""

    def __cinit__(self, slots: uint32_t):
        self._heap = cython.cast(cython.pointer(Entry), calloc(slots + 1, cython.sizeof(Entry)))
        self._place = cython.cast(cython.pointer(uint32_t), calloc(slots + 1, cython.sizeof(uint32_t)))
        self._wanted = cython.cast(cython.pointer(uint64_t), calloc(slots + 1, cython.sizeof(uint64_t)))
        if self._heap == cython.NULL or self._place == cython.NULL or self._wanted == cython.NULL:
            raise MemoryError("no memory for timers")
        self._slots = slots

    def __dealloc__(self):
        free(self._heap)
        free(self._place)
        free(self._wanted)

    def next_ns(self) -> uint64_t:
        """The earliest deadline, NEVER_NS without one."""
        self._settle()
        return self._heap[0].deadline_ns if self._count else NEVER

    def next_slot(self) -> cython.int:
        """Whose deadline that is, -1 without one."""
        self._settle()
        return self._heap[0].slot if self._count else -1

    def move(self, slot: uint32_t, deadline_ns: uint64_t) -> cython.void:
        """Set the deadline of `slot`, earlier or later than before; NEVER_NS removes it."""
        assert slot < self._slots
        index: uint32_t = self._place[slot]
        if deadline_ns == NEVER:
            if index:
                self._remove(index - 1)
            return
        self._wanted[slot] = deadline_ns
        if index == 0:
            self._count += 1
            index = self._count
        elif deadline_ns >= self._heap[index - 1].deadline_ns:
            return
        self._set(index - 1, Entry(deadline_ns, slot))
        self._up(index - 1)

    def _settle(self) -> cython.void:
        """Let entries at the top whose deadline became later sink to where they belong."""
        while self._count:
            wanted_ns: uint64_t = self._wanted[self._heap[0].slot]
            if wanted_ns <= self._heap[0].deadline_ns:
                return
            self._heap[0].deadline_ns = wanted_ns
            self._down(0)

    def _remove(self, index: uint32_t) -> cython.void:
        self._place[self._heap[index].slot] = 0
        self._count -= 1
        if index < self._count:
            moved: Entry = self._heap[self._count]
            self._set(index, moved)
            self._up(index)
            self._down(self._place[moved.slot] - 1)

    def _set(self, index: uint32_t, entry: Entry) -> cython.void:
        self._heap[index] = entry
        self._place[entry.slot] = index + 1

    def _up(self, index: uint32_t) -> cython.void:
        entry: Entry = self._heap[index]
        while index:
            parent: uint32_t = (index - 1) >> 1
            if self._heap[parent].deadline_ns <= entry.deadline_ns:
                break
            self._set(index, self._heap[parent])
            index = parent
        self._set(index, entry)

    def _down(self, index: uint32_t) -> cython.void:
        entry: Entry = self._heap[index]
        while 2 * index + 1 < self._count:
            child: uint32_t = 2 * index + 1
            if child + 1 < self._count and self._heap[child + 1].deadline_ns < self._heap[child].deadline_ns:
                child += 1
            if entry.deadline_ns <= self._heap[child].deadline_ns:
                break
            self._set(index, self._heap[child])
            index = child
        self._set(index, entry)
