"""The jinja environment: strict, and blind to disk, clock and surroundings. Templates loop and print; views decide."""

from pathlib import Path

import jinja2

from fastnet_codegen.render import comments


class Templates:
    """The templates of one folder; `overrides` is looked in first."""

    def __init__(self, folder: Path, overrides: Path | None = None) -> None:
        folders = [path for path in (overrides, folder) if path is not None]
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

    def render(self, name: str, **context: object) -> str:
        """The text of one template."""
        return self._environment.get_template(name).render(**context)
