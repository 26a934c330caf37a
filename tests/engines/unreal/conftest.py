"""The plugin compiled once, as it is shipped, and a home with the certificates that its tests need."""

import base64
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import commands
import engine_runs
import header_tool
import pytest
import tiers
from unreal_build import STRICT, Built
from unreal_files import ARENA, HEADERS, MODULE, PLUGIN, ROOT, sources

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def built(found: Callable[[str], tiers.Found], tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Everything needed to compile a program with the plugin in it."""
    folder = tmp_path_factory.mktemp("unreal")
    generated = folder / "generated"
    generated.mkdir()
    for header in HEADERS:
        header_tool.write_generated(header, generated)
    includes = (HERE / "shim", generated, MODULE / "Public", MODULE / "Private", ARENA / "Source/FastNetArena")
    options = (f"-isystem{ROOT / 'bindings/c/include'}", *(f"-I{path}" for path in includes))
    return Built(found("unreal")["g++"], options, folder)


@pytest.fixture(scope="session")
def objects(built: Built) -> list[Path]:
    """The plugin, compiled once."""
    folder = built.folder / "objects"
    folder.mkdir()
    done = commands.run(built.compiler, *STRICT, *built.options, "-c", *sources(), cwd=folder, seconds=300)
    assert done.returncode == 0, done.stderr[:4000]
    return sorted(folder.glob("*.o"))


@pytest.fixture(scope="session")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin's folder as it is shipped, with library and runtime: ours, or those of the folder FASTNET_LIBRARY."""
    folder = tmp_path_factory.mktemp("shipped") / "FastNet"
    shutil.copytree(PLUGIN, folder)
    given = os.environ.get("FASTNET_LIBRARY")
    shutil.copytree(Path(given) if given else engine_runs.build_library(), folder / "Binaries/ThirdParty/FastNet/Linux")
    return folder


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home with a development authority, and a self-signed certificate for the tests of trust."""
    folder = tmp_path_factory.mktemp("home")
    environment = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / ".config")}
    cert = (Path(sys.executable).parent / "fastnet", "cert")
    commands.demand(*cert, "--out", folder / "leaf", env=environment)
    words = ("--self-signed", "--name", "play.example.org", "--out", folder / "self")
    pin = re.search(r"sha256/(\S+)", commands.demand(*cert, *words, env=environment))
    assert pin
    return environment | {
        "SELF_SIGNED_CERT": str(folder / "self/cert.pem"),
        "SELF_SIGNED_KEY": str(folder / "self/key.pem"),
        "SELF_SIGNED_PEM": (folder / "self/cert.pem").read_text(),
        "SELF_SIGNED_PIN64": pin[1],
        "SELF_SIGNED_PIN": base64.b64decode(pin[1]).hex(),
    }
