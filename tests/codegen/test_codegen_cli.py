"""The command line as CI and people use it: statuses, what is said where, and a disk that changes only when it must."""

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from fastnet_codegen.ir.model import Api
from fastnet_codegen.ir.passes import read
from printing import ROOT, SINK, real, tool


def test_the_command_itself_ends_with_the_status() -> None:
    for arguments, status in ((["explain", "padding"], 0), (["explain", "nothing"], 2), (["--help"], 0)):
        command = [sys.executable, "-m", "fastnet_codegen.cli", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == status, done.stderr


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """The C header, freshly printed."""
    code, _, said = tool("generate", "c_header", "-o", tmp_path)
    assert code == 0, said
    return tmp_path


def header(folder: Path) -> Path:
    return folder / "include" / "fastnet" / "fastnet.h"


def test_fresh_files_stay_untouched(printed: Path) -> None:
    """Build tools look at times: printing again must not rebuild the world."""
    os.utime(header(printed), (1, 1))
    code, out, said = tool("generate", "c_header", "-o", printed)
    assert (code, out) == (0, "")
    assert "0 of 2 files written" in said
    assert header(printed).stat().st_mtime == 1


def test_check_tells_stale_and_missing(printed: Path) -> None:
    assert tool("check", "c_header", "-o", printed)[0] == 0
    text = header(printed).read_text()
    header(printed).write_text(text.replace("FASTNET_OK ", "FASTNET_KO ", 1))
    header(printed).with_name("fastnet.cdef.h").unlink()
    code, out, said = tool("check", "c_header", "-o", printed, "--json")
    assert code == 1
    states = {row["path"].rpartition("/")[2]: row["state"] for row in json.loads(out)}
    assert states == {"fastnet.h": "stale", "fastnet.cdef.h": "missing"}
    assert "-    FASTNET_KO" in said
    assert "fastnet-codegen generate" in said
    code, out, _ = tool("diff", "c_header", "-o", printed)
    assert code == 1
    assert "+    FASTNET_OK" in out


def test_line_ends_of_windows_are_fresh(printed: Path) -> None:
    """git may turn LF into CRLF on a checkout; that is no change."""
    header(printed).write_bytes(header(printed).read_bytes().replace(b"\n", b"\r\n"))
    assert tool("check", "c_header", "-o", printed)[0] == 0


def test_a_file_that_we_did_not_print_is_never_overwritten(printed: Path) -> None:
    header(printed).write_text("/* mine */\n")
    code, _, said = tool("generate", "c_header", "-o", printed)
    assert code == 2
    assert "file-foreign" in said
    assert header(printed).read_text() == "/* mine */\n"


def test_a_printed_file_that_nothing_prints_any_more_is_an_orphan(tmp_path: Path) -> None:
    api = tmp_path / "codegen" / "api"
    api.parent.mkdir(parents=True)
    subprocess.run(["cp", "-r", str(ROOT / "codegen" / "api"), str(api)], check=True)
    assert tool("generate", cwd=tmp_path)[0] == 0
    assert tool("check", cwd=tmp_path)[0] == 0
    left = tmp_path / "bindings" / "c" / "src" / "old.gen.c"
    left.write_text((tmp_path / "bindings" / "c" / "src" / "abi.gen.c").read_text())
    code, _, said = tool("check", cwd=tmp_path)
    assert code == 1
    assert "orphan: bindings/c/src/old.gen.c" in said


def test_the_packaged_description_is_the_same(tmp_path: Path) -> None:
    """Strangers have no YAML: what they print is what we print."""
    assert read(ROOT / "codegen" / "fastnet_codegen" / "api.json") == real()
    code, _, said = tool("generate", "c_header", "-o", tmp_path, cwd=tmp_path)
    assert code == 0, said
    assert header(tmp_path).read_bytes() == (ROOT / "bindings/c/include/fastnet/fastnet.h").read_bytes()


def test_a_description_of_another_ir_is_refused(tmp_path: Path) -> None:
    content = json.loads((ROOT / "codegen" / "fastnet_codegen" / "api.json").read_text())
    (tmp_path / "api.json").write_text(json.dumps({**content, "ir_version": "2.0"}))
    with pytest.raises(Exception, match="ir-version"):
        read(tmp_path / "api.json")


@pytest.mark.parametrize("last", ["link", "lower", "layout", "document", "seal"])
def test_ir_shows_what_each_pass_left(last: str) -> None:
    code, out, said = tool("ir", "--pass", last)
    assert code == 0, said
    api = msgspec.json.decode(out, type=Api)
    assert bool(api.hash) == (last == "seal")
    assert bool(api.function("client.send").c_params) == (last != "link")
    assert bool(api.struct("event").extents) == (last in ("layout", "document", "seal"))


def test_ir_shows_one_part() -> None:
    code, out, _ = tool("ir", "--filter", "event.data")
    assert code == 0
    assert json.loads(out)["lifetime"] == "until_next_poll"
    code, _, said = tool("ir", "--filter", "event.date")
    assert code == 2
    assert "nothing is called" in said


def test_queries_speak_json_and_help_people() -> None:
    assert json.loads(tool("schema")[1])["ir"]["$defs"]
    assert json.loads(tool("doctor", "--json")[1])["tools"]
    assert {row["name"] for row in json.loads(tool("list", "--json")[1])} >= {"c_header", "c_shim", "cpp", "docs"}
    code, out, _ = tool("explain", "padding")
    assert code == 0
    assert "remedy: add a reserved field" in out
    assert tool("explain", "nothing")[0] == 2
    assert tool("generate", "--colour")[0] == 2


def test_abi_lock_refuses_what_breaks_and_takes_what_adds(tmp_path: Path) -> None:
    api = tmp_path / "api"
    subprocess.run(["cp", "-r", str(SINK / "api"), str(api)], check=True)
    assert tool("--api", api, "abi", "diff")[0] == 1
    assert tool("--api", api, "abi", "lock")[0] == 0
    assert tool("--api", api, "abi", "diff")[0] == 0
    lock = (api / "abi.lock.json").read_bytes()
    text = (api / "thing.yaml").read_text()
    urgent = "{name: urgent, type: flag, doc: Whether at once.}"
    assert urgent in text
    (api / "thing.yaml").write_text(text.replace(urgent, urgent.replace("flag", "u64")))
    for command in ("diff", "lock"):
        code, out, said = tool("--api", api, "abi", command)
        assert code == 1
        assert "breaking: sink_thing_send has other params" in out
        assert "demands a new major" in said
    assert (api / "abi.lock.json").read_bytes() == lock
    more = text[text.index("  - {name: rtt us") :].replace("rtt us", "more").replace("since: 2", "since: 3")
    (api / "thing.yaml").write_text(text + more)
    root = (api / "api.yaml").read_text()
    (api / "api.yaml").write_text(root.replace("revision: 2", "revision: 3"))
    code, out, _ = tool("--api", api, "abi", "lock")
    assert code == 0
    assert "additive: sink_thing_more is new" in out
    assert b"sink_thing_more" in (api / "abi.lock.json").read_bytes()


def test_every_reference_of_the_schemas_leads_somewhere() -> None:
    """Editors use them: a reference into nothing would switch the checking off in silence."""
    schema = json.loads(tool("schema")[1])
    seen = 0

    def walk(part: object) -> None:
        nonlocal seen
        if isinstance(part, dict):
            if isinstance(part.get("$ref"), str):
                at: object = schema
                for word in part["$ref"].removeprefix("#/").split("/"):
                    assert isinstance(at, dict)
                    at = at[word]
                seen += 1
            for child in part.values():
                walk(child)
        elif isinstance(part, list):
            for child in part:
                walk(child)

    walk(schema)
    assert seen > 50
    assert schema["description"]["$defs"]["Function"]["additionalProperties"] is False
