"""The plain-C half of the library: every TEST in these sources, under AddressSanitizer, UBSan and ThreadSanitizer."""

import subprocess
from pathlib import Path

import building
import pytest

SOURCES = ("rings.c", "handles.c", "events.c", "waits.c", "bad_input.c", "texts.c", "budgets.c", "pumped.c", "deaths.c")
A_FRAMES_CODE = ("fastnet_client_poll", "fastnet_client_send", "fn_enter_one", "fn_leave", "fn_poll", "fn_end_drain",
                 "fn_send", "fn_wake_network", "fn_wake_signal")  # fmt: skip
FETCHED_BYTES_MAX = 6_144
LONG_S = 600  # Under ThreadSanitizer, on two cores that others use as well.


@pytest.mark.parametrize(("source", "name"), building.cases(*SOURCES))
def test_shim(checked: building.Build, source: str, name: str) -> None:
    checked.run(checked.program(source), name)


@pytest.mark.parametrize(("source", "name"), building.cases("starts.c"))
def test_starts(checked: building.Build, source: str, name: str) -> None:
    """With a core that takes 200 ms to boot."""
    checked.run(checked.program(source), name, FAKE_CORE="slow")


def test_what_a_frame_calls_is_one_piece_of_code_which_its_first_poll_can_fetch() -> None:
    """frame.c fetches all between these two marks, so what is missing comes late, and what is too much costs."""
    listed = subprocess.run(["nm", building.build("plain").library], capture_output=True, text=True, check=True).stdout
    places = {fields[2]: int(fields[0], 16) for line in listed.splitlines() if len(fields := line.split()) == 3}
    start, stop = places["__start_fn_frame"], places["__stop_fn_frame"]
    assert [name for name in A_FRAMES_CODE if not start <= places[name] < stop] == []
    assert stop - start <= FETCHED_BYTES_MAX


@pytest.mark.slow
@pytest.mark.parametrize("flavour", ["thread", "address", "plain"])
def test_five_million_records_cross_a_ring(flavour: str, tmp_path: Path) -> None:
    """The long form of what `rings.c` promises, for `make soak`."""
    built, program = building.build(flavour), tmp_path / "rings"
    options = ["-D_GNU_SOURCE", "-DRECORDS_WANTED=5000000", f"-DHANG_SECONDS={LONG_S}"]
    link = [f"-L{built.folder}", "-lfastnet", f"-Wl,-rpath,{built.folder}"]
    sources = [str(building.HERE / "rings.c"), "-o", str(program)]
    building.run_compiler(*building.FLAVOURS[flavour], *building.COMMON, *options, *sources, *link)
    built.run(program, "random_records_arrive_whole_and_in_order", timeout_s=LONG_S)
