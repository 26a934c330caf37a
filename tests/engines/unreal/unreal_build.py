"""A compiler that knows the shim and the plugin; what it refuses fails the test."""

from dataclasses import dataclass
from pathlib import Path

import commands

STRICT = ("-std=c++20", "-Wall", "-Wextra", "-Werror", "-O1", "-pthread")


@dataclass(frozen=True)
class Built:
    """A compiler, the options that find the shim and the plugin, and a folder for what is made."""

    compiler: Path
    options: tuple[str, ...]
    folder: Path

    def program(self, name: str, *sources: Path, options: tuple[str, ...] = ()) -> Path:
        """Compile and link; fails the test with the compiler's first words."""
        done = commands.run(
            *(self.compiler, *STRICT, *options, *self.options, *sources, "-o", self.folder / name, "-ldl"), seconds=300
        )
        assert done.returncode == 0, done.stderr[:4000]
        return self.folder / name
