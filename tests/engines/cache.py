"""Where fetched engines live: made in a temporary folder, renamed when complete, so that nothing is ever half there.

`build/engines/<name>`; FASTNET_ENGINES_DIR moves the folder, so that several checkouts can share one. A stamp inside
an engine names the folder it was made for, because programs patched to run on their own C library know their full path,
and the version it gave when it was tried.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

STAMP = ".complete"


class UnavailableError(Exception):
    """Why something cannot be fetched here: one sentence that names the cure."""


def engines_folder() -> Path:
    """The folder of all fetched engines; need not exist yet."""
    given = os.environ.get("FASTNET_ENGINES_DIR")
    return Path(given).absolute() if given else Path(__file__).resolve().parents[2] / "build" / "engines"


def cached(name: str) -> Path | None:
    """The engine of this name, if it was fetched completely and still lies where it was made for."""
    folder = engines_folder() / name
    stamp = folder / STAMP
    return folder if stamp.is_file() and stamp.read_text().split("\n")[0] == str(folder) else None


def version(folder: Path) -> str:
    """The version that a cached engine gave when it was tried."""
    return (folder / STAMP).read_text().split("\n")[1]


@contextmanager
def _only_one(folder: Path, name: str) -> Iterator[None]:
    # Test processes run side by side: the second waits, and then finds what the first fetched.
    with open(folder / f".{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fetch(name: str, make: Callable[[Path, Path], None], check: Callable[[Path], str]) -> Path:
    """The engine of this name, made now if it is not cached.

    `make(draft, final)` fills the folder `draft`, which becomes `final`; `check(final)` runs it once and returns its
    version, or raises, which removes it again. Raises UnavailableError, or what the two raise.
    """
    root = engines_folder()
    root.mkdir(parents=True, exist_ok=True)
    with _only_one(root, name):
        found = cached(name)
        if found is not None:
            return found
        for leftover in [root / name, *root.glob(f"{name}.draft-*")]:
            shutil.rmtree(leftover, ignore_errors=True)
        return _make(root, name, make, check)


def _make(root: Path, name: str, make: Callable[[Path, Path], None], check: Callable[[Path], str]) -> Path:
    draft, final = Path(tempfile.mkdtemp(prefix=f"{name}.draft-", dir=root)), root / name
    try:
        draft.chmod(0o755)
        make(draft, final)
        draft.rename(final)
        (final / STAMP).write_text(f"{final}\n{check(final)}\n")
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(final, ignore_errors=True)
        raise
    return final
