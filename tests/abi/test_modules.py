"""The archive of the runtime's modules as core_modules.c reads it: what is in it, and nothing from outside it."""

import marshal
import secrets
import shutil
import struct
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import building
import pytest

MODULES = {
    "abc.pyc": b"0123456789abcdef!",
    "fastnet/__init__.pyc": bytes(16) + b"the package",
    "fastnet/net/__init__.pyc": bytes(16) + b"a package in it",
    "fastnet/net/clock.pyc": bytes(16) + bytes(300) + b"z",
}
DAMAGES = 20_000


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reader, under AddressSanitizer and UBSan."""
    made = tmp_path_factory.mktemp("modules") / "modules"
    python = ["-isystem", sysconfig.get_path("include")]
    source = str(building.HERE / "modules.c")
    building.run_compiler(*building.FLAVOURS["address"], *building.COMMON, *python, source, "-o", str(made))
    return made


def answer(program: Path, *arguments: object) -> list[str]:
    """The lines it prints."""
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=building.TIMEOUT_S)
    assert done.returncode == 0, f"{arguments}: {done.stderr}"
    return done.stdout.splitlines()


def archive(folder: Path, modules: dict[str, bytes], how: int = zipfile.ZIP_STORED, comment: bytes = b"") -> Path:
    """As flatten.py writes it."""
    target = folder / "base_library.zip"
    with zipfile.ZipFile(target, "w", how) as made:
        for name, code in modules.items():
            made.writestr(zipfile.ZipInfo(name), code, how)
        made.comment = comment
    return target


def test_modules_and_packages_are_found_by_their_dotted_names(program: Path, tmp_path: Path) -> None:
    assert answer(program, archive(tmp_path, MODULES)) == [
        f"abc 0 1 {ord('!')}",
        f"fastnet 1 11 {ord('e')}",
        f"fastnet.net 1 15 {ord('t')}",
        f"fastnet.net.clock 0 301 {ord('z')}",
    ]
    assert answer(program, archive(tmp_path, {})) == []


@pytest.mark.parametrize(
    ("modules", "how", "comment"),
    [
        (MODULES, zipfile.ZIP_DEFLATED, b""),
        (MODULES, zipfile.ZIP_STORED, b"a comment"),
        ({"abc.py": bytes(40)}, zipfile.ZIP_STORED, b""),
        ({".pyc": bytes(40)}, zipfile.ZIP_STORED, b""),
        ({"abc.pyc": bytes(16)}, zipfile.ZIP_STORED, b""),
    ],
    ids=["compressed", "with a comment", "a source", "no name", "no code"],
)
def test_what_the_packing_does_not_make_is_refused(
    program: Path, tmp_path: Path, modules: dict[str, bytes], how: int, comment: bytes
) -> None:
    assert answer(program, archive(tmp_path, modules, how, comment)) == ["refused"]


def test_an_archive_that_was_cut_off_is_refused(program: Path, tmp_path: Path) -> None:
    whole = archive(tmp_path, MODULES).read_bytes()
    for size in range(0, len(whole), 7):
        (tmp_path / "cut.zip").write_bytes(whole[:size])
        assert answer(program, tmp_path / "cut.zip") == ["refused"]


def test_code_that_begins_outside_is_refused(program: Path, tmp_path: Path) -> None:
    whole = bytearray(archive(tmp_path, MODULES).read_bytes())
    entry = whole.index(b"PK\x01\x02")
    for size, offset in ((0x7FFFFFFF, 0), (17, 0xFFFFFFF0), (17, len(whole) - 4)):
        struct.pack_into("<II", whole, entry + 20, size, size)
        struct.pack_into("<I", whole, entry + 42, offset)
        (tmp_path / "odd.zip").write_bytes(whole)
        assert answer(program, tmp_path / "odd.zip") == ["refused"]


def test_whatever_is_damaged_nothing_outside_is_read(program: Path, tmp_path: Path) -> None:
    seed = secrets.randbits(63)
    (found,) = answer(program, archive(tmp_path, MODULES), seed, DAMAGES)
    assert 0 < int(found) < DAMAGES, f"seed {seed}"


def test_what_stands_in_for_a_module_is_what_is_packed() -> None:
    folder = building.LIBRARY / "packaging" / "stand_ins"
    with zipfile.ZipFile(building.build_library() / "fastnet_runtime" / "base_library.zip") as packed:
        for source in folder.rglob("*.py"):
            name = source.relative_to(folder).with_suffix(".pyc").as_posix()
            code = marshal.loads(packed.read("re/__init__.pyc" if name == "lazy_re.pyc" else name)[16:])
            assert code.co_names == compile(source.read_text(), name, "exec", optimize=2).co_names, name


def test_a_runtime_whose_archive_is_damaged_says_what_to_do(tmp_path: Path) -> None:
    """Of the right size, so that only the boot can tell."""
    copy = tmp_path / "copy"
    shutil.copytree(building.build_library(), copy)
    target = copy / "fastnet_runtime" / "base_library.zip"
    target.write_bytes(bytes(target.stat().st_size))
    program = (
        "import ctypes, sys; library = ctypes.CDLL(sys.argv[1]); library.fastnet_last_error.restype = ctypes.c_char_p;"
        "print(library.fastnet_init(20_000), library.fastnet_last_error().decode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, copy / "libfastnet.so"], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("-")
    assert "base_library.zip of the runtime cannot be read; reinstall fastnet_runtime" in done.stdout
