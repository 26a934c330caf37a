"""The jinja environment: strict, and blind to disk, clock and surroundings. Templates loop and print; views decide."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import jinja2

from fastnet_codegen.render import comments

_OVERRIDES: ContextVar[Path | None] = ContextVar("overrides", default=None)


@contextmanager
def overriding(folder: Path) -> Iterator[None]:
    """While this is open, templates of that folder replace those of the same name."""
    token = _OVERRIDES.set(folder)
    try:
        yield
    finally:
        _OVERRIDES.reset(token)


class Templates:
    """The templates of one folder, and those that override them."""

    def __init__(self, folder: Path) -> None:
        folders = [path for path in (_OVERRIDES.get(), folder) if path is not None]
        found = {
            path.relative_to(place).as_posix(): path.read_text(encoding="utf-8")
            for place in reversed(folders)
            for path in sorted(place.rglob("*.j2"))
        }
        self._environment = jinja2.Environment(
            loader=jinja2.DictLoader(found),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
        )
        self._environment.filters |= {
            "doxygen": comments.doxygen,
            "lines": comments.lines,
            **{f"escape_{name}": escape for name, escape in comments.ESCAPES.items()},
        }

    def render(self, name: str, /, **context: object) -> str:
        """The text of one template."""
        return self._environment.get_template(name).render(**context)
