"""Stands in for hashlib inside the private runtime: the real one imports every algorithm that there is, from six files;
this one those that the core and its libraries use, each when it is first asked for."""

from typing import Any


def _module_of(name: str) -> Any:
    if name == "sha1":
        import _sha1

        return _sha1
    try:
        import _sha2  # From Python 3.12 on.
    except ImportError:
        import _sha256

        return _sha256
    return _sha2


def __getattr__(name: str) -> Any:
    if name not in ("sha1", "sha256"):
        raise AttributeError(f"the private runtime has no hashlib.{name}")
    found = globals()[name] = getattr(_module_of(name), name)
    return found
