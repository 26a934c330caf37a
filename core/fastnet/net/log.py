"""Where log records go: the standard library's logger "fastnet", or the function that `send_to` names.

`logging` is imported for the first record that somebody would see, and only then: programs that never log do not pay
for it, and the C library, which has no `logging`, takes the records itself.
"""

import sys
from collections.abc import Callable
from typing import Any

DEBUG, INFO, WARNING, ERROR = 10, 20, 30, 40  # As in `logging`.
Sink = Callable[[int, str], object]
_sink: Sink | None = None
_sink_level = INFO


def send_to(sink: Sink | None, level: int = INFO) -> None:
    """Hand records from `level` up to `sink(level, text)` from now on; None: to `logging` again."""
    global _sink, _sink_level
    _sink, _sink_level = sink, level


def debug(text: str, *values: object) -> None:
    """For those who look for a fault."""
    _write(DEBUG, text, values)


def info(text: str, *values: object) -> None:
    """Something that happens once."""
    _write(INFO, text, values)


def warning(text: str, *values: object) -> None:
    """Something that should be mended."""
    _write(WARNING, text, values)


def exception(text: str, *values: object) -> None:
    """An error, with the traceback of the exception that is being handled."""
    if _sink is not None:
        from traceback import format_exc

        _write(ERROR, f"{text}\n{format_exc()}", values)
    else:
        _logger().exception(text, *values)


def _write(level: int, text: str, values: tuple[object, ...]) -> None:
    if _sink is not None:
        if level >= _sink_level:
            _sink(level, text % values if values else text)
    elif level >= WARNING or "logging" in sys.modules:  # Nobody can have asked for less without importing it.
        _logger().log(level, text, *values)


def _logger() -> Any:
    import logging

    return logging.getLogger("fastnet")
