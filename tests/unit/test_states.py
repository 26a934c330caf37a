"""The table of states (PROTOCOL.md s. 11), questioned; then every state and input on a real connection."""

from fastnet.protocol.states import TRANSITIONS, Input, State

OPEN = (State.BINDING, State.WAIT_BIND, State.VALIDATING, State.CONNECTED, State.FLUSHING)


def sources(target: State) -> set[tuple[State, Input]]:
    return {row for row, state in TRANSITIONS.items() if state is target}


def test_connected_is_reached_by_an_answered_challenge_alone() -> None:
    assert sources(State.CONNECTED) == {
        (State.BINDING, Input.PATH_ANSWERED),
        (State.VALIDATING, Input.PATH_ANSWERED),
    }


def test_nothing_leaves_closed_and_nothing_but_a_datagram_leaves_wait_bind_alive() -> None:
    assert not [row for row in TRANSITIONS if row[0] is State.CLOSED]
    assert TRANSITIONS[State.WAIT_BIND, Input.BIND_SEEN] is State.VALIDATING
    assert TRANSITIONS[State.WAIT_BIND, Input.DISCONNECT] is State.CLOSED


def test_a_broken_rule_closes_and_a_close_drains_from_every_open_state() -> None:
    for state in OPEN:
        assert TRANSITIONS[state, Input.RULE_BROKEN] is State.CLOSING
        assert TRANSITIONS[state, Input.CLOSE_RECEIVED] is State.DRAINING


def test_states_only_go_forward_so_that_no_connection_lives_twice() -> None:
    for (state, _), target in TRANSITIONS.items():
        assert target > state


def test_every_state_but_the_last_ends_when_its_time_is_over() -> None:
    for state in State:
        if state is not State.CLOSED:
            assert (state, Input.EXPIRED) in TRANSITIONS
