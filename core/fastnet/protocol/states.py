"""The states of a connection once TLS is done, and nothing else. PROTOCOL.md s. 11; the tests question this table."""

from enum import IntEnum


class State(IntEnum):
    """Where a connection stands."""

    BINDING = 0
    WAIT_BIND = 1
    VALIDATING = 2
    CONNECTED = 3
    FLUSHING = 4
    CLOSING = 5
    DRAINING = 6
    CLOSED = 7


class Input(IntEnum):
    """What can move it on."""

    PATH_ANSWERED = 0
    BIND_SEEN = 1
    DISCONNECT = 2
    FLUSHED = 3
    RULE_BROKEN = 4
    CLOSE_RECEIVED = 5
    EXPIRED = 6
    RESET = 7


_OPEN = (State.BINDING, State.WAIT_BIND, State.VALIDATING, State.CONNECTED, State.FLUSHING)

TRANSITIONS: dict[tuple[State, Input], State] = {
    (State.WAIT_BIND, Input.BIND_SEEN): State.VALIDATING,
    (State.BINDING, Input.PATH_ANSWERED): State.CONNECTED,
    (State.VALIDATING, Input.PATH_ANSWERED): State.CONNECTED,
    (State.CONNECTED, Input.DISCONNECT): State.FLUSHING,
    (State.BINDING, Input.DISCONNECT): State.CLOSING,
    (State.WAIT_BIND, Input.DISCONNECT): State.CLOSED,
    (State.VALIDATING, Input.DISCONNECT): State.CLOSING,
    (State.FLUSHING, Input.FLUSHED): State.CLOSING,
    (State.FLUSHING, Input.EXPIRED): State.CLOSING,
    (State.CLOSING, Input.CLOSE_RECEIVED): State.CLOSED,
    (State.CLOSING, Input.EXPIRED): State.CLOSED,
    (State.DRAINING, Input.EXPIRED): State.CLOSED,
    (State.BINDING, Input.EXPIRED): State.CLOSED,
    (State.WAIT_BIND, Input.EXPIRED): State.CLOSED,
    (State.VALIDATING, Input.EXPIRED): State.CLOSED,
    (State.CONNECTED, Input.EXPIRED): State.CLOSED,
    **{(state, Input.RULE_BROKEN): State.CLOSING for state in _OPEN},
    **{(state, Input.CLOSE_RECEIVED): State.DRAINING for state in _OPEN},
    (State.BINDING, Input.RESET): State.CLOSED,
    (State.CONNECTED, Input.RESET): State.CLOSED,
    (State.FLUSHING, Input.RESET): State.CLOSED,
}
