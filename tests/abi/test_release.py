"""What `make lib` gives, as a stranger gets it: complete, private, and at home where no Python is.

Everything here uses the real library with the real packed runtime.
"""

import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from building import HERE, LIBRARY, ROOT
from core_host import Echo, Host
from engine_runs import build_library

WORK = ROOT / "build" / "lib" / "work" / "linux-x86_64"
PACKAGING = LIBRARY / "packaging"
SIZE_MAX_MIB = 12
RESIDENT_MAX_MIB = 32
LIBC = {"libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1", "libutil.so.1"}
NEEDS = {"cmake": "cmake", "pkg-config": "pkg-config", "bwrap": "bubblewrap", "strace": "strace"}


def run(*command: object, **options: Any) -> str:
    """A program that must end well; what it printed."""
    words = [str(word) for word in command]
    made: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "timeout": 300}
    done = subprocess.run(words, **made, **options)
    assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout[-4000:]}"
    return str(done.stdout)


def needs(*tools: str) -> pytest.MarkDecorator:
    """Without a tool the test is skipped, and the report says how to get it."""
    missing = [NEEDS[tool] for tool in tools if not shutil.which(tool)]
    return pytest.mark.skipif(bool(missing), reason=f"apt-get install {' '.join(missing)}")


@pytest.fixture(scope="module")
def archive() -> Path:
    """The release archive, as `make lib` makes it."""
    build_library("zip=yes")
    header = (LIBRARY / "include" / "fastnet" / "fastnet.h").read_text()
    version = header.split('FASTNET_VERSION_STRING "')[1].split('"')[0]
    return ROOT / "dist" / f"fastnet-{version}-linux-x86_64.zip"


@pytest.fixture(scope="module")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive's folder, under a name with a space and letters that are not ASCII."""
    target = tmp_path_factory.mktemp("spiel ü 雪")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(target)
    return next(target.iterdir())


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[Echo]:
    with Echo(tmp_path) as server:
        yield server


# The archive.


def test_the_archive_is_small_and_tells_what_is_inside(archive: Path, unpacked: Path) -> None:
    assert archive.stat().st_size < SIZE_MAX_MIB * 2**20
    manifest = json.loads((unpacked / "lib" / "fastnet_runtime" / "runtime.json").read_text())
    bill = json.loads((unpacked / "sbom.cdx.json").read_text())
    told = {file["name"] for one in bill["components"] for file in one.get("components", [])}
    shipped = {file["path"] for file in manifest["files"]}
    assert shipped - told == {"base_library.zip"}  # Its modules belong to several components.
    for one in bill["components"]:
        assert one.get("licenses"), one["name"]
    names = {one["name"] for one in bill["components"]}
    assert {"CPython", "openssl", "libsodium", "cryptography", "pyOpenSSL", "cffi", "zlib", "libgcc"} <= names
    for folder in (unpacked / "licences").iterdir():
        assert any(file.stat().st_size > 500 for file in folder.iterdir()), folder


def test_two_archives_of_one_build_are_equal_bytes(archive: Path, tmp_path: Path) -> None:
    title = archive.stem
    version, _, platform = title.removeprefix("fastnet-").partition("-")
    layout = ROOT / "build" / "lib" / "linux-x86_64"
    facts = ["--version", version, "--platform", platform]
    run(sys.executable, PACKAGING / "release.py", layout, tmp_path / title, tmp_path / "again.zip", *facts)
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def test_an_archive_above_the_limit_is_refused(archive: Path, tmp_path: Path) -> None:
    facts = ["--version", "0", "--platform", "linux-x86_64", "--size-max", "1"]
    command = [sys.executable, PACKAGING / "release.py", ROOT / "build" / "lib" / "linux-x86_64"]
    done = subprocess.run([*command, tmp_path / "tree", tmp_path / "x.zip", *facts], capture_output=True, text=True)
    assert done.returncode == 1
    assert "larger than 1.0 MiB" in done.stderr
    assert not (tmp_path / "x.zip").exists()


@needs("cmake")
def test_the_samples_build_with_cmake_and_talk_to_each_other(unpacked: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("cmake", "-S", unpacked / "examples", "-B", out, f"-DCMAKE_PREFIX_PATH={unpacked}")
    run("cmake", "--build", out)
    alone = {"PATH": os.environ["PATH"], "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    certs = tmp_path / "certs"
    run(Path(sys.executable).with_name("fastnet"), "cert", "--out", certs, env=alone)
    command = [out / "echo_server", "0", "0", certs / "cert.pem", certs / "key.pem"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=alone) as server:
        try:
            assert server.stdout is not None
            port = server.stdout.readline().split()[-1]
            assert run(out / "echo_client", "127.0.0.1", port, env=alone).splitlines()[-1] == "4 echoes"
            assert "Hello from C++" in run(out / "echo_client_cpp", "127.0.0.1", port, env=alone)
        finally:
            server.kill()


@needs("pkg-config")
def test_the_pkg_config_file_leads_to_headers_and_library(unpacked: Path, tmp_path: Path) -> None:
    plain = tmp_path / "sdk"  # pkg-config escapes letters that are not ASCII byte by byte.
    plain.symlink_to(unpacked)
    here = {**os.environ, "PKG_CONFIG_PATH": str(plain / "lib" / "pkgconfig")}
    flags = shlex.split(run("pkg-config", "--cflags", "--libs", "fastnet", env=here))
    run("cc", plain / "examples" / "readme.c", *flags, "-o", tmp_path / "readme")


# The runtime.


@pytest.fixture
def bundle(archive: Path, tmp_path: Path) -> Path:
    """A copy of the development layout, to be damaged."""
    target = tmp_path / "bundle"
    shutil.copytree(ROOT / "build" / "lib" / "linux-x86_64", target)
    return target


def verdict(bundle: Path) -> str:
    """What verify.py says; empty: it is content."""
    done = subprocess.run([sys.executable, PACKAGING / "verify.py", bundle], capture_output=True, text=True)
    return done.stderr if done.returncode else ""


def test_verify_accepts_what_is_shipped_and_refuses_every_damage(bundle: Path) -> None:
    runtime = bundle / "fastnet_runtime"
    assert verdict(bundle) == ""
    spare = runtime / "ext" / "zlib.so"
    kept = spare.read_bytes()
    shutil.copyfile(WORK / "flat" / "ext" / "zlib.so", spare)  # One file left out of the renaming.
    assert "zlib.so: " in verdict(bundle)
    assert "old names are left" in verdict(bundle)
    assert "ext/zlib.so: is not what runtime.json says" in verdict(bundle)
    patched = bundle / "patched.c"
    patched.write_text('int here; __asm__(".text; .quad here");')
    run("cc", "-shared", "-fPIC", "-Wl,-z,notext", patched, "-o", spare)
    assert "zlib.so: has relocations in its code" in verdict(bundle)
    spare.write_bytes(kept)
    patched.unlink()
    (runtime / "stray.txt").write_text("x")
    assert "stray.txt: is not what runtime.json says" in verdict(bundle)
    (runtime / "stray.txt").unlink()
    (runtime / "libfn_z.so").unlink()
    assert "needs libfn_z.so, which is not in the bundle" in verdict(bundle)


def dotted_modules(runtime: Path, is_shipped: Callable[[str], bool]) -> list[str]:
    """Every module of the runtime but cffi's half, which only the core can import."""
    with zipfile.ZipFile(runtime / "base_library.zip") as archive:
        pure = [name.removesuffix(".pyc").replace("/", ".") for name in archive.namelist()]
    names = {name.removesuffix(".__init__") for name in pure} | {file.stem for file in (runtime / "ext").iterdir()}
    if "fastnet.fused" in names:
        printed = ROOT / "build" / "release" / "core"
        compiled = {".".join(file.relative_to(printed).with_suffix("").parts) for file in printed.rglob("*.c")}
        names = names - {"fastnet.fused"} | {name for name in compiled if is_shipped(name)}
    return sorted(name for name in names if name.partition(".")[0] in ("fastnet", "OpenSSL", "unicodedata"))


def test_every_module_of_the_core_imports_from_the_bundle(archive: Path, tmp_path: Path) -> None:
    """The excludes of collect.spec are lean; this is what keeps them right."""
    runtime = ROOT / "build" / "lib" / "linux-x86_64" / "fastnet_runtime"
    program = tmp_path / "import_all"
    libdir, name = sysconfig.get_config_var("LIBDIR"), sysconfig.get_config_var("LDVERSION")
    include = sysconfig.get_path("include")
    run("cc", "-O1", f"-I{include}", HERE / "import_all.c", "-o", program, f"-L{libdir}", f"-lpython{name}")
    sys.path.insert(0, str(PACKAGING))
    try:
        import elf
        import rename
        import sources
    finally:
        sys.path.remove(str(PACKAGING))
    libraries = sorted((WORK / "flat").glob("lib*.so*"))
    symbols = set().union(*map(elf.defined_symbols, libraries))
    (tmp_path / "map").write_text("".join(f"{symbol} fn_{symbol}\n" for symbol in sorted(symbols)))
    rename.rename_inside(program, tmp_path / "map", {one.name: rename.private_name(one.name) for one in libraries})
    elf.patchelf("--set-rpath", runtime, program)
    modules = dotted_modules(runtime, sources.is_shipped)
    assert len(modules) > 60
    run(program, runtime, LIBRARY / "extfinder.py", *modules, env={})


# Where no Python is.


def libraries_of(*programs: str | Path) -> set[Path]:
    """The libraries that programs ask the loader for, and the loader."""
    return {Path(found) for found in re.findall(r"(?:=> |^\s+)(/.*) \(0x", run("ldd", *programs), re.MULTILINE)}


@pytest.fixture(scope="module")
def host_program(unpacked: Path) -> Path:
    """host.c beside an unpacked library."""
    game = unpacked / "game"
    game.mkdir(exist_ok=True)
    shutil.copyfile(unpacked / "lib" / "libfastnet.so", game / "libfastnet.so")
    shutil.copytree(unpacked / "lib" / "fastnet_runtime", game / "fastnet_runtime", dirs_exist_ok=True)
    flags = [f"-I{unpacked / 'include'}", f"-L{game}", "-lfastnet", "-Wl,-rpath,$ORIGIN"]
    run("cc", "-O2", "-std=c11", HERE / "host.c", "-o", game / "host", *flags)
    return game / "host"


@needs("bwrap", "strace")
def test_in_an_empty_root_it_echoes_on_four_channels_and_opens_nothing_but_libc(
    host_program: Path, tmp_path: Path, echo: Echo
) -> None:
    strace = Path(str(shutil.which("strace")))
    binds: list[object] = []
    for library in libraries_of(host_program, strace) | {Path("/lib64/ld-linux-x86-64.so.2")}:
        if "fastnet" not in library.name:
            binds += ["--ro-bind", library.resolve(), library]
    libc = next(path for path in libraries_of(strace) if path.name == "libc.so.6").parent
    for name in sorted(LIBC):
        binds += ["--ro-bind", (libc / name).resolve(), libc / name]
    (tmp_path / "log").mkdir()
    shutil.copyfile(echo.ca, tmp_path / "log" / "ca.pem")
    sends = "".join(f"send 1 {channel} {65 + channel} 1000\nuntil 2 10000\n" for channel in range(4))
    orders = f"client 127.0.0.1 {echo.port} ca=/log/ca.pem\nuntil 1 20000\n{sends}end\nshutdown\nexit\n"
    told = run(
        *("bwrap", "--unshare-user", "--unshare-pid", "--die-with-parent", "--tmpfs", "/", "--proc", "/proc"),
        *("--dev", "/dev", *binds, "--ro-bind", strace, "/strace", "--ro-bind", host_program.parent, "/game"),
        *("--bind", tmp_path / "log", "/log", "--clearenv", "--chdir", "/game"),
        *("/strace", "-f", "-e", "trace=open,openat,execve", "-o", "/log/trace", "/game/host"),
        input=orders,
    )
    assert told.count("data 1 ") == 4, told
    opened = set()
    for line in (tmp_path / "log" / "trace").read_text().splitlines():
        if '"' in line and "ENOENT" not in line:
            opened.add(line.split('"')[1])
    inside = ("/game/", "/proc/", "/sys/", "/dev/", "/log/")
    strangers = {path for path in opened if not path.startswith(inside) and Path(path).name not in LIBC}
    assert strangers <= {"/etc/ld.so.cache"}, strangers


def test_it_works_from_a_folder_that_cannot_be_written_without_a_home(
    host_program: Path, tmp_path: Path, echo: Echo
) -> None:
    game = tmp_path / "read only"
    shutil.copytree(host_program.parent, game)
    before = sorted(path for path in game.rglob("*"))
    for path in [game, *before]:
        path.chmod(stat.S_IREAD | stat.S_IEXEC)
    done = subprocess.run(
        [game / "host"],
        input=f"client 127.0.0.1 {echo.port} ca={echo.ca}\nuntil 1 20000\nend\nexit\n",
        env={},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout
    assert "connected" in done.stdout
    assert done.stderr == ""
    assert sorted(path for path in game.rglob("*")) == before
    game.chmod(stat.S_IRWXU)


# Where another Python is.


def interpreters() -> dict[str, dict[str, str]]:
    """Every CPython 3 of this machine that a host could embed: name -> include, link flags, home."""
    code = (
        "import json, sys, sysconfig as s; c = s.get_config_var; print(json.dumps({'include': s.get_path('include'),"
        " 'libdir': c('LIBDIR'), 'name': c('LDVERSION'), 'library': c('INSTSONAME'), 'home': sys.base_prefix,"
        " 'static': c('LIBPL') + '/' + c('LIBRARY'), 'libs': c('LIBS') + ' ' + c('SYSLIBS'),"
        " 'platform': c('MULTIARCH') or ''}))"
    )
    asked = [Path(sys.executable), *(Path(str(shutil.which(f"python3.{minor}"))) for minor in range(9, 16))]
    asked += sorted(Path(sys.base_prefix).parent.glob("3.*/bin/python3"))
    found: dict[str, dict[str, str]] = {}
    for python in asked:
        if not python.exists():
            continue
        done = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True)
        facts = json.loads(done.stdout) if done.returncode == 0 else {}
        if facts and Path(facts["include"], "Python.h").exists():
            version = facts["name"]
            shared = [Path(facts["libdir"], facts["library"]), Path("/usr/lib", facts["platform"], facts["library"])]
            if any(library.exists() for library in shared):
                found.setdefault(f"{version} shared", facts)
            if Path(facts["static"]).exists():
                found.setdefault(f"{version} static", facts)
    return found


INTERPRETERS = interpreters()
FEW = [*list(INTERPRETERS)[:2], *[name for name in INTERPRETERS if name.startswith("3.13")]]
"""Our own version, the hardest, and a distant one; `make soak` tries all."""
HOSTS = [name if name in FEW else pytest.param(name, marks=pytest.mark.slow) for name in INTERPRETERS]
MODES = ["l", "r", "g", "d", "a", "t", "grt"]


def embedding_host(name: str, facts: dict[str, str], folder: Path) -> Path:
    """two_pythons.c with one interpreter: shared, or static with its symbols exported as Debian's own python3 has."""
    program = folder / name.replace(" ", "_")
    if not program.exists():
        common = ["-O1", f"-I{facts['include']}", f"-I{LIBRARY / 'include'}", HERE / "two_pythons.c", "-o", program]
        if name.endswith("static"):
            link = ["-no-pie", facts["static"], "-Wl,--export-dynamic", *facts["libs"].split(), "-lm", "-ldl"]
        else:
            link = [f"-L{facts['libdir']}", f"-lpython{facts['name']}", f"-Wl,-rpath,{facts['libdir']}", "-ldl"]
        run("cc", "-pthread", *common, *link)
    return program


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the hosts with a Python are built."""
    return tmp_path_factory.mktemp("hosts")


@pytest.mark.parametrize("name", HOSTS)
def test_a_host_with_its_own_python_keeps_it_and_has_ours(
    name: str, archive: Path, hosts: Path, tmp_path: Path, echo: Echo
) -> None:
    """Before, during and after; each dlopen mode; its lock held or given up; its Python first or second."""
    facts = INTERPRETERS[name]
    program = embedding_host(name, facts, hosts)
    library = ROOT / "build" / "lib" / "linux-x86_64" / "libfastnet.so"
    for mode in MODES:
        run(program, library, mode, echo.port, echo.ca, env={"PYTHONHOME": facts["home"], "HOME": str(tmp_path)})


def test_an_unrenamed_runtime_would_join_the_hosts_python_and_says_so(
    archive: Path, hosts: Path, tmp_path: Path, echo: Echo
) -> None:
    """The proof that the test above can fail."""
    naive = tmp_path / "naive"
    shutil.copytree(WORK / "flat", naive / "fastnet_runtime")
    shutil.copyfile(WORK / "fastnet_core.so", naive / "fastnet_runtime" / "fastnet_core.so")
    layout = ROOT / "build" / "lib" / "linux-x86_64"
    shutil.copyfile(layout / "libfastnet.so", naive / "libfastnet.so")
    facts = json.loads((layout / "fastnet_runtime" / "runtime.json").read_text())
    told = {"version": "library_version", "abi-hash": "abi_hash", "build-id": "build_id", "python": "python_version"}
    options = [word for name, key in told.items() for word in (f"--{name}", facts[key])]
    run(sys.executable, PACKAGING / "manifest.py", naive / "fastnet_runtime", *options, "--platform", "linux-x86_64")
    name = next(one for one in INTERPRETERS if one.endswith("shared"))
    program = embedding_host(name, INTERPRETERS[name], hosts)
    done = subprocess.run(
        [program, naive / "libfastnet.so", "l", str(echo.port), echo.ca],
        env={"PYTHONHOME": INTERPRETERS[name]["home"], "LD_LIBRARY_PATH": INTERPRETERS[name]["libdir"]},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 7
    assert "a foreign interpreter answered: the runtime is not private" in done.stdout


def test_a_host_gets_events_through_the_packed_runtime_like_any_other(host_program: Path, tmp_path: Path) -> None:
    with Echo(tmp_path) as server, Host(host_program, tmp_path) as host:
        host.do(f"client 127.0.0.1 {server.port} ca={server.ca}")
        host.do("until 1 20000")
        host.do("send 1 0 65 65536")
        assert "data 1 0 65 65536" in host.do("until 2 10000")


def resident_mib(pid: int) -> float:
    """What a process has in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def test_a_connected_client_adds_little_memory(host_program: Path, tmp_path: Path) -> None:
    with Echo(tmp_path) as server, Host(host_program, tmp_path) as host:
        host.do("state")  # It runs now, and the core does not.
        before = resident_mib(host.process.pid)
        host.do(f"client 127.0.0.1 {server.port} ca={server.ca}")
        host.do("until 1 20000")
        assert resident_mib(host.process.pid) - before <= RESIDENT_MAX_MIB
