"""Prints the C of fastnet_core: `build_core.py OUTDIR` writes there

    _fastnet.c      the border between C and Python, by cffi, with the core's import as its start
    extfinder.h     extfinder.py as a C string
    rings.c, ..     the compiled modules of fastnet_c (COMPILED), by Cython

Compile src/core*.c and _fastnet.c into fastnet_core, and each module into a module of its own: SConstruct does that for
releases, develop.py for quick tests.
"""

import argparse
import json
import re
from pathlib import Path

import cffi  # type: ignore[import-untyped]

HERE = Path(__file__).resolve().parent
CORE = HERE.parent.parent / "core"
COMPILED = ("table", "rings", "loop", "pumped")
"""Modules of fastnet_c that are compiled; each needs src/ and include/ on its include path."""
DIRECTIVES = {
    "language_level": 3,
    "annotation_typing": False,
    "wraparound": False,
    "cdivision": True,
    "auto_pickle": False,
    "boundscheck": False,
    "initializedcheck": False,
}

BORDER = """
typedef struct fn_session fn_session;
typedef struct fn_command {
    int kind; uint32_t peer; uint32_t code; int32_t result; fn_session *session; char text[512]; ...;
} fn_command;
typedef struct fn_bridge fn_bridge;
void fn_note_failure(const char *text);
const FastNetClientConfig *fn_client_config(const fn_session *session);
const FastNetServerConfig *fn_server_config(const fn_session *session);
int fn_session_kind(const fn_session *session);
uint32_t fn_session_send_queue_bytes(const fn_session *session);
uint32_t fn_session_peers_max(const fn_session *session);
extern "Python" {
    int32_t fnpy_main(fn_bridge *bridge, bool loop);
    int32_t fnpy_command(fn_command *command);
}
"""
START = """
import gc
gc.disable()  # The imports leave little behind, and what they make stays: nobody need go through it, now or later.
try:
    import fastnet_c.exports
    gc.freeze()
    gc.enable()
except BaseException as error:
    from _fastnet import lib
    lib.fn_note_failure(f"{type(error).__name__}: {error}".encode())
"""
PREAMBLE = """
#include "core.h"

static int cffi_start_python(void);
static int32_t fnpy_main(fn_bridge *, _Bool);
static int32_t fnpy_command(fn_command *);

int fn_start_cffi(void) { return cffi_start_python(); }
int32_t fn_python_main(fn_bridge *bridge, bool loop) { return fnpy_main(bridge, loop); }
int32_t fn_python_command(fn_command *command) { return fnpy_command(command); }
"""


def types_of(cdef: str) -> str:
    """The types and constants in the printed declarations, without its functions: the core does not link the shim."""
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", cdef, flags=re.DOTALL)
    statements, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter == "{") - (letter == "}")
        if letter == ";" and depth == 0:
            statements.append(text[start : at + 1].strip())
            start = at + 1
    return "\n".join(line for line in statements if "(" not in line or line.startswith("typedef"))


def write_finder(out: Path) -> None:
    """extfinder.py as a C string."""
    lines = [line for line in (HERE / "extfinder.py").read_text().splitlines() if not line.startswith("#")]
    literal = "\n".join(json.dumps(f"{line}\n") for line in lines)
    (out / "extfinder.h").write_text(f"static const char EXTFINDER[] =\n{literal};\n")


def write_border(out: Path, cdef: Path) -> None:
    """The cffi module."""
    ffi = cffi.FFI()
    ffi.cdef(types_of(cdef.read_text()))
    ffi.cdef(BORDER)
    ffi.embedding_api("")
    ffi.set_source("_fastnet", PREAMBLE)
    ffi.embedding_init_code(START)
    ffi.emit_c_code(str(out / "_fastnet.c"))


def write_modules(out: Path) -> None:
    """The compiled modules of fastnet_c as C."""
    from Cython.Compiler import Main, Options

    for name in COMPILED:
        options = Main.CompilationOptions(  # type: ignore[attr-defined, no-untyped-call]
            Options.default_options,
            include_path=[str(CORE), str(HERE)],
            output_file=str(out / f"{name}.c"),
            compiler_directives=DIRECTIVES,
        )
        source = str(HERE / "fastnet_c" / f"{name}.py")
        result = Main.compile_single(source, options, f"fastnet_c.{name}")  # type: ignore[no-untyped-call]
        if result.num_errors:
            raise SystemExit(f"fastnet_c/{name}.py does not compile")


def main() -> None:
    """Parse the command line and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--cdef", type=Path, default=HERE / "include" / "fastnet" / "fastnet.cdef.h")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    write_finder(given.out)
    write_border(given.out, given.cdef)
    write_modules(given.out)


if __name__ == "__main__":
    main()
