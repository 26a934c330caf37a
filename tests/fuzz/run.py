"""Fuzz one target, or each in turn: `python tests/fuzz/run.py TARGET --seconds 60 --seed 1`.

New behaviours are added to the corpus with `--keep`; a crash is written to out/fuzz/ and ends the run with status 1.
`--engine atheris` hands the target to atheris, which sees into plain Python: for handshake, token and reassembly.
"""

import argparse
import hashlib
import importlib
import sys
import traceback
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parent))

from engine import CORPUS, CrashError, Fuzzer, corpus_of

TARGETS = ("handshake", "token", "header", "frames", "reassembly", "channels", "connection")
_CRASHES = Path("out/fuzz")


def target_of(name: str) -> ModuleType:
    return importlib.import_module(f"targets.{name}")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("target", choices=(*TARGETS, "all"))
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--keep", action="store_true", help="add new behaviours to the corpus")
    arguments.add_argument("--engine", choices=("own", "atheris"), default="own")
    chosen = arguments.parse_args()
    names = TARGETS if chosen.target == "all" else (chosen.target,)
    if chosen.engine == "atheris":
        return _atheris(names[0], chosen.seconds, chosen.seed)
    return max(_fuzz(name, chosen.seconds, chosen.seed, chosen.keep) for name in names)


def _fuzz(name: str, seconds: float, seed: int, keep: bool) -> int:
    target = target_of(name)
    try:
        fuzzer = Fuzzer(target.run, target.seeds() + corpus_of(name), seed)
        fuzzer.fuzz(seconds=seconds)
    except CrashError as crash:
        _CRASHES.mkdir(parents=True, exist_ok=True)
        path = _CRASHES / f"{name}-{_digest(crash.content)}"
        path.write_bytes(crash.content)
        traceback.print_exception(crash.__cause__)
        sys.stderr.write(f"{name}: {crash}\n{name}: the input is in {path}; FASTNET_SEED={seed}\n")
        return 1
    guide = "edges of code" if fuzzer.sees_code else "behaviours"
    sys.stdout.write(
        f"{name}: {fuzzer.runs:,} runs, {fuzzer.behaviours:,} behaviours, {len(fuzzer.found):,} new inputs "
        f"(guided by {guide})\n"
    )
    if keep:
        (CORPUS / name).mkdir(parents=True, exist_ok=True)
        for content in sorted(fuzzer.found, key=len)[:64]:
            (CORPUS / name / _digest(content)).write_bytes(content)
    return 0


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _atheris(name: str, seconds: float, seed: int) -> int:
    import atheris

    with atheris.instrument_imports(include=["fastnet.protocol", "targets"]):
        target = target_of(name)

    def once(data: bytes) -> None:
        target.run(data)

    folder = Path("build/fuzz") / f"atheris-{name}"
    folder.mkdir(parents=True, exist_ok=True)
    for content in target.seeds() + corpus_of(name):
        (folder / _digest(content)).write_bytes(content)
    atheris.Setup([sys.argv[0], str(folder), f"-max_total_time={int(seconds)}", f"-seed={seed}"], once)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
