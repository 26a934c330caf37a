"""Programs of every ABI revision run with today's library, and with one that grew further.

`rN/frozen` keeps the header of revision N, `rN/game.c` a game that is compiled with it; codegen/README.md says how a
revision gets its folder. That structs may grow is tried today: a library whose description has one more field at the
end of each sized struct is printed, built, and must serve the games of all revisions.
"""

import json
import re
import shutil
from pathlib import Path

import building
import pytest
from building import HERE, LIBRARY, ROOT, Build
from fastnet.net.devca import certificate_pem, key_pem, self_signed, write_private
from fastnet_codegen import cli

API = ROOT / "codegen" / "api"
LOCK = json.loads((API / "abi.lock.json").read_text())
REVISIONS = sorted(HERE.glob("r[0-9]*"), key=lambda folder: int(folder.name[1:]))
each_revision = pytest.mark.parametrize("revision", REVISIONS, ids=lambda folder: folder.name)
GROWN = "      - {name: grown, type: u64, since: 99, doc: What the next revision has.}\n"
GETTER = """
  - name: grown
    of: client
    role: getter
    since: 99
    runs: shim
    threads: any
    summary: What the next revision has.
    returns: {type: u64, doc: Nothing.}
"""
BODY = '#include "inside.h"\nuint64_t fn_client_grown(fn_session *session) {\n    return session->peers_max;\n}\n'


def header_of(revision: Path) -> str:
    """The frozen header."""
    return (revision / "frozen" / "fastnet" / "fastnet.h").read_text()


def compiled(source: Path, includes: Path, built: Build, folder: Path) -> Path:
    """A program compiled with one header and linked with a library that may be of another revision."""
    program = folder / source.stem
    link = [f"-L{built.folder}", "-lfastnet", f"-Wl,-rpath,{built.folder}"]
    strict = ["-std=c99", "-D_DEFAULT_SOURCE", *building.STRICT[1:], f"-I{includes}", f"-I{HERE}"]
    building.run_compiler(*building.FLAVOURS[built.flavour], *strict, str(source), "-o", str(program), *link)
    return program


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Chain and key of a server, as files."""
    folder, made = tmp_path_factory.mktemp("certificate"), self_signed(["localhost", "127.0.0.1"])
    (folder / "chain.pem").write_bytes(certificate_pem(made))
    write_private(folder / "key.pem", key_pem(made))
    return str(folder / "chain.pem"), str(folder / "key.pem")


@pytest.fixture(scope="module")
def today() -> Build:
    """The library of this checkout with the core written in C, under AddressSanitizer and UBSan."""
    return building.build("address")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The same of the next revision, which exists nowhere: each sized struct has one more field, and a client a getter.
    Beside the library are its headers, in `source/include`."""
    folder = tmp_path_factory.mktemp("grown")
    source = folder / "source"
    for part in ("src", "include", "exports"):
        shutil.copytree(LIBRARY / part, source / part)
    describe_the_next(folder / "api")
    for command in (["generate", "c_header", "c_shim", "-o", str(source)], ["abi", "lock"]):
        assert cli.run(["--api", str(folder / "api"), *command]) == 0
    (source / "src" / "grown.c").write_text(BODY)
    building.compile_library("address", folder, source)
    building.write_manifest(folder / "fastnet_runtime", source)
    return Build(folder, "address")


def describe_the_next(folder: Path) -> None:
    """A copy of the description with one more revision; `abi lock` will take it: it breaks nothing."""
    shutil.copytree(API, folder)
    revision = LOCK["revision"] + 1
    ends = {
        "common.yaml": ("\nevents:\n", GROWN),
        "client.yaml": ("\nfunctions:\n", GROWN),
        "server.yaml": ("\nfunctions:\n", GROWN),
    }
    for name, (behind, line) in ends.items():
        text = (folder / name).read_text()
        assert text.count(behind) == 1
        text = text.replace(behind, line + behind) + (GETTER if name == "client.yaml" else "")
        (folder / name).write_text(text.replace("since: 99", f"since: {revision}"))
    root = (folder / "api.yaml").read_text()
    assert f"\nrevision: {LOCK['revision']} " in root
    (folder / "api.yaml").write_text(root.replace(f"\nrevision: {LOCK['revision']} ", f"\nrevision: {revision} "))


def test_every_revision_on_record_has_its_header_and_a_game() -> None:
    """A revision that is locked is a promise: the folder is made with the lock, not with the release."""
    assert [folder.name for folder in REVISIONS] == [f"r{number}" for number in range(1, LOCK["revision"] + 1)]
    for folder in REVISIONS:
        text = header_of(folder)
        assert f"#define FASTNET_ABI_REVISION {folder.name[1:]}\n" in text
        assert f"#define FASTNET_ABI_HASH UINT64_C(0x{LOCK['hashes'][folder.name[1:]]})\n" in text
        assert (folder / "game.c").is_file()


@each_revision
def test_the_library_exports_all_that_a_revision_had(revision: Path, today: Build) -> None:
    declared = set(re.findall(r"^FASTNET_DECL .*?\b(fastnet_\w+)\(", header_of(revision), re.MULTILINE))
    locked = {name for name, at in LOCK["symbols"].items() if at["since"] <= int(revision.name[1:])}
    assert declared == locked
    for library in (today.library, building.release()):
        assert declared <= building.exported(library), library


@each_revision
def test_a_game_of_a_revision_plays_with_todays_library(
    revision: Path, today: Build, certificate: tuple[str, str], tmp_path: Path
) -> None:
    play(revision, today, certificate, tmp_path)


@each_revision
def test_a_game_of_a_revision_plays_with_the_real_library(
    revision: Path, certificate: tuple[str, str], tmp_path: Path
) -> None:
    """The same with Python inside: TLS, UDP and all."""
    play(revision, Build(building.release().parent, "plain"), certificate, tmp_path)


@each_revision
def test_a_game_of_a_revision_plays_with_a_library_whose_structs_grew(
    revision: Path, grown: Build, certificate: tuple[str, str], tmp_path: Path
) -> None:
    """Its structs are shorter than the library's: nothing is read or written behind them."""
    header = (grown.folder / "source" / "include" / "fastnet" / "fastnet.h").read_text()
    assert f"#define FASTNET_ABI_REVISION {LOCK['revision'] + 1}\n" in header
    assert header.count("uint64_t grown;") == 3
    play(revision, grown, certificate, tmp_path)


def play(revision: Path, built: Build, certificate: tuple[str, str], folder: Path) -> None:
    said = built.run(compiled(revision / "game.c", revision / "frozen", built, folder), *certificate)
    assert re.fullmatch(rf"revision {revision.name[1:]}: \d+ lines of log\n", said)


def test_a_program_of_the_next_revision_finds_its_fields_and_is_told_by_an_older_library(
    grown: Build, today: Build, tmp_path: Path
) -> None:
    """The other way round: unknown fields that are zero pass, others are STRUCT_SIZE, and abi_check says who is old."""
    headers = grown.folder / "source" / "include"
    for built, name in ((grown, "with_its_own_library"), (today, "with_an_older_library")):
        built.run(compiled(HERE / "grown.c", headers, built, tmp_path), name)
