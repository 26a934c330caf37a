"""A fetched engine is whole and works, or it is not there."""

import threading
from pathlib import Path

import cache
import pytest


@pytest.fixture(autouse=True)
def _a_cache_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTNET_ENGINES_DIR", str(tmp_path))


def make(draft: Path, _final: Path) -> None:
    """An engine of one file."""
    (draft / "engine").write_text("turns")


def broken(_final: Path) -> str:
    """A check that fails."""
    raise cache.UnavailableError("it does not turn")


def test_an_engine_is_fetched_once_and_knows_its_version() -> None:
    made: list[Path] = []

    def counted(draft: Path, final: Path) -> None:
        made.append(final)
        make(draft, final)

    for _ in range(2):
        folder = cache.fetch("car", counted, lambda _: "1.2")
        assert (folder / "engine").read_text() == "turns"
    assert made == [folder]
    assert cache.version(folder) == "1.2"


def test_what_does_not_work_is_removed_again(tmp_path: Path) -> None:
    with pytest.raises(cache.UnavailableError, match="does not turn"):
        cache.fetch("car", make, broken)
    assert cache.cached("car") is None
    assert [path.name for path in tmp_path.iterdir()] == [".car.lock"]


def test_an_interrupted_fetch_leaves_nothing_half(tmp_path: Path) -> None:
    def interrupted(draft: Path, final: Path) -> None:
        make(draft, final)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.fetch("car", interrupted, lambda _: "1")
    assert [path.name for path in tmp_path.iterdir()] == [".car.lock"]


def test_a_killed_fetch_is_swept_away_by_the_next(tmp_path: Path) -> None:
    for leftover in ("car", "car.draft-1234"):
        (tmp_path / leftover).mkdir()
        (tmp_path / leftover / "half").touch()
    assert cache.cached("car") is None
    folder = cache.fetch("car", make, lambda _: "1")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".car.lock", "car"]
    assert not (folder / "half").exists()


def test_an_engine_that_was_moved_is_not_trusted(tmp_path: Path) -> None:
    cache.fetch("car", make, lambda _: "1").rename(tmp_path / "bus")
    assert cache.cached("bus") is None


def test_two_who_want_the_same_fetch_it_once() -> None:
    made: list[Path] = []
    first_is_inside, both_asked = threading.Event(), threading.Event()

    def slow(draft: Path, final: Path) -> None:
        made.append(final)
        first_is_inside.set()
        assert both_asked.wait(10)
        make(draft, final)

    threads = [threading.Thread(target=cache.fetch, args=("car", slow, lambda _: "1")) for _ in range(2)]
    threads[0].start()
    assert first_is_inside.wait(10)
    threads[1].start()
    both_asked.set()
    for thread in threads:
        thread.join(10)
    assert len(made) == 1
