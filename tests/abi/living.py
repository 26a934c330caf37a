"""Runs the tests of a program that hosts the library (living.h): with the core written in C, or with the real one."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import building
from fastnet.net.devca import certificate_pem, key_pem, self_signed, write_private

CORES = ["c-core", "real"]
"""The first is quick, and says whether the plain-C half is at fault."""
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def credentials(folder: Path) -> list[Path]:
    """A fresh certificate for this machine, and its key, as files in `folder`."""
    made = self_signed(["localhost", "127.0.0.1"])
    chain, key = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(certificate_pem(made))
    write_private(key, key_pem(made))
    return [chain, key]


def runner(source: str, core: str, folder: Path) -> Run:
    """What runs a test of this C source by name. A signal, a hang, a failed check or a word of the library fails it."""
    plain = building.build("plain")
    library = plain.library if core == "c-core" else building.release()
    program, files = plain.program(source), credentials(folder)

    def run(test: str, number: int = 0, *, speaks: bool = False) -> "subprocess.CompletedProcess[str]":
        command = [program, library, test, *files, str(number)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=building.TIMEOUT_S)
        assert done.returncode == 0, f"{test} {number}: {done.returncode}\n{done.stdout}{done.stderr}"
        assert speaks or done.stderr + done.stdout == "", "the library writes to no stream"
        return done

    return run
