"""The runners of each language: how to build one, how to start it, and what it answers."""

import contextlib
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO

import pytest
import tiers
from engine_runs import (
    CSHARP_CORE,
    LIBRARY,
    ROOT,
    bring_library,
    build_library,
    compile_csharp,
    install_godot_addon,
)

RUNNERS = Path(__file__).parent / "runners"
INCLUDE = ROOT / "bindings/c/include/fastnet"
ANSWER_S = 25.0
GODOT_ERRORS = {-8: 31, -28: 31, -16: 33, -18: 27, -3: 3}  # As plugins/godot/src/library.c maps results.


@dataclass
class Runner:
    """A process that carries out commands, in one language."""

    language: str
    process: "subprocess.Popen[str]"
    lines: "queue.Queue[str | None]" = field(default_factory=queue.Queue)
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._reader = threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True)
        self._reader.start()

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self.heard.append(line)
            answer = line.rstrip("\n")
            if self.language != "gdscript":
                self.lines.put(answer)
            elif answer.startswith("> "):  # The engine talks as well.
                self.lines.put(answer[2:])
        self.lines.put(None)

    def ask(self, command: str) -> str:
        """The answer to a command; raises AssertionError with all that was said when there is none."""
        assert self.process.stdin is not None
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        try:
            answer = self.lines.get(timeout=ANSWER_S)
        except queue.Empty:
            answer = None
        assert answer is not None, f"{self.language} did not answer {command!r}:\n{''.join(self.heard)}"
        return answer

    def end(self) -> int:
        """Lets it end by itself; its exit status."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            return self.process.wait(timeout=ANSWER_S)
        except subprocess.TimeoutExpired:
            return -9

    def release(self) -> None:
        """Ends it if it still runs, and gives everything back."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


@cache
def built(language: str, folder: Path, found: Callable[[str], tiers.Found]) -> list[str]:
    """The command that starts a runner, built in `folder`."""
    return {"python": python, "c": c, "cpp": cpp, "coreclr": coreclr, "mono": mono, "gdscript": gdscript}[language](
        folder, found
    )


def python(_folder: Path, _found: Callable[[str], tiers.Found]) -> list[str]:
    """Python needs no building."""
    return [sys.executable, str(RUNNERS / "runner.py")]


def compiled(folder: Path, compiler: str, source: str, *options: str) -> list[str]:
    """A C or C++ program linked with the library."""
    library = build_library()
    program = folder / source.replace(".", "_")
    warnings = ["-Wall", "-Wextra", "-Werror", "-O1"]
    link = [f"-L{library}", "-lfastnet", f"-Wl,-rpath,{library}"]
    command = [compiler, *warnings, *options, f"-I{INCLUDE}", str(RUNNERS / source), "-o", str(program), *link]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [str(program)]


def c(folder: Path, _found: Callable[[str], tiers.Found]) -> list[str]:
    """C11."""
    return compiled(folder, os.environ.get("CC", "cc"), "runner.c", "-std=c11")


def cpp(folder: Path, _found: Callable[[str], tiers.Found]) -> list[str]:
    """C++11, on the printed layer."""
    return compiled(folder, os.environ.get("CXX", "c++"), "runner.cpp", "-std=c++11")


def csharp(folder: Path, found: Callable[[str], tiers.Found]) -> Path:
    """The C# runner, on the core of the Unity package."""
    program = folder / "runner.exe"
    if not program.exists():
        compile_csharp(found("csharp")["csc9"], program, [*CSHARP_CORE, RUNNERS / "Runner.cs"])
        bring_library(folder)
    return program


def coreclr(folder: Path, found: Callable[[str], tiers.Found]) -> list[str]:
    """C# on .NET 8."""
    return [str(found("csharp")["run"]), str(csharp(folder, found)), str(LIBRARY / "fastnet_runtime")]


def mono(folder: Path, found: Callable[[str], tiers.Found]) -> list[str]:
    """C# on Mono."""
    return [str(found("mono")["mono"]), str(csharp(folder, found)), str(LIBRARY / "fastnet_runtime")]


def gdscript(folder: Path, found: Callable[[str], tiers.Found]) -> list[str]:
    """GDScript in headless Godot, on the addon."""
    project = folder / "project"
    project.mkdir()
    install_godot_addon(project)
    (project / "project.godot").write_text('config_version=5\n[application]\nconfig/name="conformance"\n')
    shutil.copy2(RUNNERS / "runner.gd", project)
    return [str(found("godot")["godot"]), "--headless", "--path", str(project), "--script", "res://runner.gd"]


def start(language: str, command: list[str], home: Path) -> Runner:
    """A runner at work. One home for all, because the development certificate lies there."""
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    if language == "mono":
        environment["LD_LIBRARY_PATH"] = str(Path(command[1]).parent)
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return Runner(language, process)


MARKS = {
    "python": [],
    "c": [pytest.mark.tier("c")],
    "cpp": [pytest.mark.tier("c")],
    "coreclr": [pytest.mark.tier("csharp")],
    "mono": [pytest.mark.tier("csharp"), pytest.mark.tier("mono")],
    "gdscript": [pytest.mark.tier("godot")],
}
