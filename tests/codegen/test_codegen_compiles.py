"""Compilers on what is printed: every standard, no warnings, for our API and for the sink with its hostile texts."""

import json
import re
import shutil
from pathlib import Path

import printing
import pytest
from printing import INCLUDE, ROOT, STRICT, done

C = ("c99", "c11", "c17", "c2x")
CPP = ("c++98", "c++11", "c++14", "c++17", "c++20", "c++23")
CC, CXX = shutil.which("gcc") or "cc", shutil.which("g++") or "c++"
USE = """#include "fastnet/fastnet.hpp"
int use();
int use()
{
    fastnet::ClientConfig config;
    config.host("localhost").port(7778).idle_timeout_ms(fastnet::disabled).user_data(nullptr);
    config.flags(fastnet::ClientFlags::no_dev_ca | fastnet::ClientFlags::manual_flush);
    fastnet::Client client = fastnet::Client::open(config);
    fastnet::Server server = fastnet::Server::create(0, 0);
    const std::uint8_t bytes[] = {1, 2, 3};
    fastnet::Result result = client.send(fastnet::Channel::reliable_ordered, bytes);
    result = client.send(fastnet::Channel::unreliable, std::string("text"));
    fastnet::Event event;
    while (server.poll(event))
        if (event.type() == fastnet::EventType::data)
            result = server.broadcast(0, event.channel(), event.data());
    std::size_t seen = client.drain([&](const fastnet::Event& at) { seen += at.data().size(); });
    fastnet::Stats stats;
    result = client.stats(stats);
    fastnet::Client moved = std::move(client);
    moved.disconnect();
    return static_cast<int>(result) + static_cast<int>(server.peers().size() + server.peer_address(2).size());
}
"""


@pytest.mark.parametrize("standard", C)
def test_the_header_is_clean_c(standard: str, tmp_path: Path) -> None:
    source = tmp_path / "header.c"
    source.write_text('#include "fastnet/fastnet.h"\n#include "fastnet/fastnet.h"\nint main(void) { return 0; }\n')
    done(CC, f"-std={standard}", *STRICT, f"-I{INCLUDE}", "-c", source, "-o", "/dev/null")
    printing.written(tmp_path, "c_header")
    done(CC, f"-std={standard}", *STRICT, "-fsyntax-only", "-x", "c", tmp_path / "include" / "sink" / "sink.h")


@pytest.mark.parametrize("standard", CPP)
def test_the_header_is_clean_cpp(standard: str, tmp_path: Path) -> None:
    source = tmp_path / "header.cpp"
    source.write_text('#include "fastnet/fastnet.h"\nint main() { return 0; }\n')
    done(CXX, f"-std={standard}", *STRICT, f"-I{INCLUDE}", "-c", source, "-o", "/dev/null")


@pytest.mark.parametrize("standard", ["c++11", "c++17", "c++20", "c++23"])
def test_the_cpp_layer_is_clean_and_holds_what_a_game_does(standard: str, tmp_path: Path) -> None:
    source = tmp_path / "use.cpp"
    source.write_text(USE.replace("std::size_t seen = client", "std::size_t seen = 0;\n    seen += client"))
    options = (f"-std={standard}", *STRICT, "-Wshadow")
    done(CXX, *options, f"-I{INCLUDE}", "-c", source, "-o", "/dev/null")
    done(CXX, *options, "-fno-exceptions", f"-I{INCLUDE}", "-c", source, "-o", "/dev/null")
    printing.written(tmp_path, "c_header", "cpp")
    done(CXX, *options, "-fsyntax-only", "-x", "c++", tmp_path / "include" / "sink" / "sink.hpp")


def test_a_handle_of_the_wrong_kind_does_not_compile(tmp_path: Path) -> None:
    """The README's traps shape the types: a server given to a client function is a fault of the compiler's."""
    source = tmp_path / "wrong.cpp"
    source.write_text('#include "fastnet/fastnet.h"\nvoid f(FastNetServer s) { fastnet_client_disconnect(s); }\n')
    with pytest.raises(AssertionError, match="cannot convert"):
        done(CXX, "-std=c++11", f"-I{INCLUDE}", "-fsyntax-only", source)


def test_the_readme_example_compiles_unchanged(tmp_path: Path) -> None:
    """It prints 32-bit numbers with %d, switches over half the events, and includes nothing but the header."""
    text = (ROOT / "README.md").read_text()
    blocks = [block for block in re.findall(r"```c\n(.*?)```", text, re.DOTALL) if "fastnet_client_connect" in block]
    assert blocks, "README.md has no example in C"
    for at, block in enumerate(blocks):
        for compiler, suffix, standards in ((CC, "c", C), (CXX, "cpp", CPP)):
            source = tmp_path / f"readme{at}.{suffix}"
            source.write_text(block)
            for standard in standards:
                options = (f"-std={standard}", "-Wall", "-Wextra", "-Werror", f"-I{INCLUDE / 'fastnet'}")
                done(compiler, *options, "-c", source, "-o", "/dev/null")


def test_the_shim_compiles_with_every_construct(tmp_path: Path) -> None:
    """The sink's bodies are only declared; its exported functions must still be clean C."""
    printing.written(tmp_path, "c_header", "c_shim")
    text = (ROOT / "bindings" / "c" / "src" / "shim.h").read_text()
    text = text.replace('#include "bridge.h"', SINK_BRIDGE).replace("FastNetResult", "SinkResult")
    (tmp_path / "src" / "shim.h").write_text(text)
    options = ("-std=c11", *STRICT, f"-I{tmp_path / 'include'}", f"-I{tmp_path / 'src'}")
    done(CC, *options, "-c", tmp_path / "src" / "abi.gen.c", "-o", "/dev/null")


SINK_BRIDGE = """#include <stdbool.h>
#include <stdint.h>
#include "sink/sink.h"
typedef enum fn_kind { FN_THING = 1 } fn_kind;
typedef struct fn_session fn_session;
"""


def test_a_library_exports_what_the_lock_has_and_nothing_else(tmp_path: Path) -> None:
    """The version script on the library's own sources: helpers, and whatever else is in them, stay inside."""
    source = ROOT / "bindings" / "c" / "src"
    elsewhere = ("_windows", "_macos")
    files = [
        path
        for path in sorted(source.glob("*.c"))
        if not path.stem.startswith("core") and not path.stem.endswith(elsewhere)
    ]
    script = ROOT / "bindings" / "c" / "exports" / "fastnet.map"
    options = ("-std=c11", "-D_GNU_SOURCE", "-fPIC", "-pthread", f"-I{INCLUDE}", f"-I{source}")
    done(CC, *options, "-shared", *files, f"-Wl,--version-script={script}", "-ldl", "-o", tmp_path / "libfastnet.so")
    listed = done("nm", "-D", "--defined-only", tmp_path / "libfastnet.so")
    symbols = json.loads((ROOT / "codegen" / "api" / "abi.lock.json").read_text())["symbols"]
    assert sorted(re.findall(r" T (\S+)$", listed, re.MULTILINE)) == sorted(f"{name}@@FASTNET_1" for name in symbols)
    assert len(listed.splitlines()) == len(symbols) + 1, "beside them only the version node"


def test_exports_are_the_symbols_and_nothing_else() -> None:
    symbols = sorted(function.c for function in printing.real().functions)
    folder = ROOT / "bindings" / "c" / "exports"
    script = (folder / "fastnet.map").read_text()
    assert script.count("FASTNET_1 {") == 1
    assert re.findall(r"^    (\w+);$", script.partition("local:")[0], re.MULTILINE) == symbols
    assert re.findall(r"^    (\w+)$", (folder / "fastnet.def").read_text(), re.MULTILINE) == symbols
    assert re.findall(r"^_(\w+)$", (folder / "fastnet.exp").read_text(), re.MULTILINE) == symbols
