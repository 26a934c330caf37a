"""Why a datagram was dropped: one counter each, in the order of the checks of PROTOCOL.md s. 3."""

from enum import IntEnum


class Drop(IntEnum):
    """Why a datagram was dropped; 0 means it was not."""

    NONE = 0
    SIZE = 1
    FLAGS = 2
    UNKNOWN = 3
    NUMBER = 4
    REPLAY = 5
    PHASE = 6
    FORGED = 7
    BIND_SIZE = 8
    ENDED = 9


DROP_REASONS = len(Drop)
