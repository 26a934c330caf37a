"""What an application hears is cheap to make and to read: a message's event is three attributes and nothing else."""

import gc
import sys
from types import MemberDescriptorType

import pytest
from fastnet import Connected, Data, Disconnected


def test_the_attributes_of_a_message_are_read_without_a_call() -> None:
    for name in Data.__match_args__:
        assert isinstance(vars(Data)[name], MemberDescriptorType)
    event = Data(7, 3, b"abc")
    assert (event.peer_id, event.channel, event.data) == (7, 3, b"abc")
    with pytest.raises(AttributeError):
        event.data = b"another"


def test_the_collector_does_not_know_messages() -> None:
    event = Data(7, 3, b"abc")
    assert not gc.is_tracked(event)
    assert sys.getsizeof(event) == object().__sizeof__() + 3 * 8


def test_events_compare_by_what_they_say() -> None:
    assert Data(7, 3, b"abc") == Data(7, 3, b"abc") != Data(7, 3, b"abd")
    assert len({Data(7, 3, b"abc"), Data(7, 3, b"abc"), Data(8, 3, b"abc")}) == 2
    assert repr(Data(7, 3, b"abc")) == "Data(peer_id=7, channel=3, data=b'abc')"
    assert repr(Data(7, 3, bytes(1_000))) == "Data(peer_id=7, channel=3, data=<1,000 bytes>)"
    assert Connected(7) == Connected(7) != Disconnected(7, 0, "", True)


def test_events_are_made_of_what_they_say() -> None:
    with pytest.raises(TypeError):
        Data("7", 3, b"abc")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Data(7, 3, "abc")  # type: ignore[arg-type]
