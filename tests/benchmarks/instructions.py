"""How many instructions one echo costs, by part of the program: a yardstick that a noisy machine does not bend.

    python tests/benchmarks/instructions.py            count, and compare with instructions.json
    python tests/benchmarks/instructions.py --renew    count, and write instructions.json
    python tests/benchmarks/instructions.py --top 30   also the functions with the most instructions, by workload

Counted by `valgrind --tool=callgrind` over 1,000 round trips of 64 bytes, both ends in one process; what the kernel
does is not in it. Numbers of another compiler, Python, libsodium or processor are not comparable: each environment that
was counted has its own record.
"""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click
from fastnet.net.build import build_name
from fastnet.protocol.sealing import sodium_version
from rich import box
from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
RECORD = HERE / "instructions.json"
WORKLOAD = HERE / "instructions_workload.py"
CLOCK = HERE / "c" / "even_clock.c"
CORE = HERE.parents[1] / "core"
PARTS = ("endpoints unreliable", "endpoints reliable", "sockets unreliable")
ECHOES = 1_000
TOLERANCE = 0.03
"""More than this above the record, and an echo has become slower."""
LIMIT_S = 300

_NAME = re.compile(r"\((\d+)\)(?: (.*))?$")


@dataclass(frozen=True, slots=True)
class Count:
    """Instructions per echo of one part of the workload."""

    groups: dict[str, int]
    functions: dict[str, int]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.groups.values())


def missing() -> str | None:
    """Why nothing can be counted here; None if it can."""
    if shutil.which("valgrind") is None:
        return "valgrind is missing: apt-get install valgrind"
    if build_name() != "release":
        return f"this is a {build_name()} build; only the release is counted"
    return None


def count_all() -> dict[str, Count]:
    """Run the workload under callgrind; the counts by part. Raises subprocess errors with valgrind's words."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "count"
        command = ["valgrind", "--tool=callgrind", "-q", f"--callgrind-out-file={out}", "--dump-before=getppid"]
        environment = {
            **os.environ,
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": str(CORE),
            "LD_PRELOAD": even_clock(out.parent),
        }
        subprocess.run(
            [*command, sys.executable, str(WORKLOAD)], env=environment, check=True, timeout=LIMIT_S, text=True
        )
        # The first file is the way to the first mark; every second one from there on lies between two marks.
        return {part: _count(Path(f"{out}.{2 * number + 2}")) for number, part in enumerate(PARTS)}


def even_clock(folder: Path) -> str:
    """Build the clock that runs evenly under whatever load; where it is."""
    target = folder / "even_clock.so"
    command = [os.environ.get("CC", "cc"), "-O2", "-shared", "-fPIC", str(CLOCK), "-o", str(target)]
    subprocess.run(command, check=True, timeout=LIMIT_S)
    return str(target)


def _count(path: Path) -> Count:
    groups: Counter[str] = Counter()
    functions: Counter[str] = Counter()
    for library, function, cost in self_costs(path.read_text().splitlines()):
        group = group_of(library)
        groups[group] += cost
        functions[f"{group}: {function}"] += cost
    return Count(_per_echo(groups), _per_echo(functions))


def _per_echo(costs: Counter[str]) -> dict[str, int]:
    return {name: round(cost / ECHOES) for name, cost in costs.most_common() if cost >= ECHOES}


def self_costs(lines: Iterable[str]) -> Iterable[tuple[str, str, int]]:
    """(library, function, instructions of its own) of a file in callgrind's format, one per line of cost."""
    names: dict[str, dict[str, str]] = {"ob": {}, "fn": {}}
    library = function = ""
    is_call = False
    for line in lines:
        key, _, value = line.partition("=")
        if key in ("ob", "cob"):
            name = _named(names["ob"], value)
            library = name if key == "ob" else library
        elif key in ("fn", "cfn"):
            name = _named(names["fn"], value)
            function = name if key == "fn" else function
        elif key == "calls":
            is_call = True  # The next line's cost is the callee's, and stands there already.
        elif line[:1].isdigit() or line[:1] in ("+", "-", "*"):
            if not is_call:
                yield library, function, int(line.split()[1])
            is_call = False


def _named(known: dict[str, str], value: str) -> str:
    """`(7) name` the first time, `(7)` from then on."""
    match = _NAME.match(value)
    if match is None:
        return value
    number, name = match.groups()
    if name is not None:
        known[number] = name
    return known.get(number, number)


def group_of(library: str) -> str:
    """To whom a library belongs: a module of ours by its name, libc, the interpreter, or other."""
    name = Path(library).name
    if "fastnet" in library and name.endswith(".so"):
        return ".".join(Path(library.partition("/fastnet/")[2]).parts).partition(".cpython")[0]
    for start, group in (("libc.", "libc"), ("libc-", "libc"), ("ld-", "libc")):
        if name.startswith(start):
            return group
    return "interpreter" if name.startswith(("python", "libpython")) else "other"


def environment() -> str:
    """What the counts depend on besides the source."""
    flags = next((line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("flags")), "")
    wide = [name for name in ("avx2", "avx512f", "sha_ni") if name in flags.split()]
    compiler = subprocess.run([os.environ.get("CC", "cc"), "-dumpfullversion"], capture_output=True, text=True)
    parts = (
        platform.machine(),
        "+".join(wide),
        f"python {platform.python_version()}",
        f"cc {compiler.stdout.strip()}",
        f"libsodium {sodium_version()}",
        " ".join(platform.libc_ver()),
        _first_line(["valgrind", "--version"]),
    )
    return ", ".join(parts)


def _first_line(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.partition("\n")[0].partition(" (")[0]
    except OSError:
        return f"no {command[0]}"


def load_record() -> dict[str, dict[str, dict[str, int]]]:
    """Groups by part by environment, as recorded."""
    content: dict[str, dict[str, dict[str, int]]] = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    return content


def slower(recorded: dict[str, dict[str, int]], counted: dict[str, Count]) -> list[str]:
    """One line for each part that costs more than its record allows, with the groups that grew."""
    lines = []
    for part, count in counted.items():
        before = sum(recorded[part].values())
        if count.total <= before * (1 + TOLERANCE):
            continue
        grown = [
            f"{name} {recorded[part].get(name, 0):,} -> {cost:,}"
            for name, cost in count.groups.items()
            if cost > recorded[part].get(name, 0) + before * 0.002
        ]
        lines.append(f"{part}: {before:,} -> {count.total:,} instructions an echo; {', '.join(grown)}")
    return lines


def _show(counted: dict[str, Count], recorded: dict[str, dict[str, int]], top: int) -> None:
    console = Console()
    table = Table(title="instructions per echo (and recorded)", box=box.SIMPLE_HEAD, padding=0)
    table.add_column("group", no_wrap=True)
    for part in counted:
        table.add_column(part, justify="right")
    most = Counter[str]()
    for count in counted.values():
        most |= Counter(count.groups)
    for name, _ in most.most_common():
        cells = (_cell(count.groups.get(name, 0), recorded.get(part), name) for part, count in counted.items())
        table.add_row(name, *cells)
    table.add_section()
    totals = (f"{count.total:,} ({sum(recorded.get(part, {}).values()):,})" for part, count in counted.items())
    table.add_row("all", *totals)
    console.print(table)
    for part, count in counted.items():
        for name, cost in list(count.functions.items())[:top]:
            console.print(f"{part}  {cost:>7,}  {name}", highlight=False, soft_wrap=True)


def _cell(cost: int, recorded: dict[str, int] | None, name: str) -> str:
    return f"{cost:,}" if recorded is None else f"{cost:,} ({recorded.get(name, 0):,})"


@click.command()
@click.option("--renew", is_flag=True, help="Write the record of this environment.")
@click.option("--top", default=0, help="So many functions of each part.")
def main(renew: bool, top: int) -> None:
    """Count the instructions of an echo, and compare them with the record."""
    if (why := missing()) is not None:
        raise click.ClickException(why)
    counted, record, here = count_all(), load_record(), environment()
    _show(counted, record.get(here, {}), top)
    if renew:
        record[here] = {part: count.groups for part, count in counted.items()}
        RECORD.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n")
    elif here not in record:
        raise click.ClickException(f"nothing is recorded for {here}; --renew does it")
    elif lines := slower(record[here], counted):
        raise click.ClickException("\n".join(lines))


if __name__ == "__main__":
    main()
