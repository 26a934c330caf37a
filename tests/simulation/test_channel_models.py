"""The models themselves catch every breach of a promise that they stand for."""

import pytest
from channel_models import MODELS, ChannelModel

SENT = [b"0", b"1", b"", b"2", b"3", b""]


def model_of(kind: str) -> ChannelModel:
    model = MODELS[kind]()
    model.sent.extend(SENT)
    return model


@pytest.mark.parametrize("kind", MODELS)
def test_a_model_accepts_what_its_kind_promises(kind: str) -> None:
    model = model_of(kind)
    for data in SENT:
        model.receive(data)
    assert model.complete()


@pytest.mark.parametrize("kind", ["reliable_unordered", "unreliable"])
def test_unordered_models_accept_any_order(kind: str) -> None:
    model = model_of(kind)
    for data in reversed(SENT):
        model.receive(data)
    assert model.complete()


@pytest.mark.parametrize(
    ("kind", "arriving"),
    [
        ("reliable_ordered", [b"0", b""]),  # One is missing.
        ("reliable_ordered", [b"0", b"0"]),  # Twice.
        ("reliable_ordered", [*SENT, b"0"]),  # More than was sent.
        ("reliable_unordered", [b"2", b"2"]),
        ("reliable_unordered", [b"altered"]),
        ("unreliable", [b"", b"", b""]),
        ("unreliable", [b"altered"]),
        ("sequenced", [b"1", b"0"]),  # Older than the last.
        ("sequenced", [b"1", b"1"]),
        ("sequenced", [b"altered"]),
    ],
)
def test_a_model_refuses_a_broken_promise(kind: str, arriving: list[bytes]) -> None:
    model = model_of(kind)
    *good, bad = arriving
    for data in good:
        model.receive(data)
    with pytest.raises(AssertionError):
        model.receive(bad)


@pytest.mark.parametrize("kind", ["reliable_ordered", "reliable_unordered"])
def test_a_reliable_model_misses_what_did_not_arrive(kind: str) -> None:
    model = model_of(kind)
    model.receive(b"0")
    assert not model.complete()
