"""The two ways from C into Python. They return FN_RAN + value or a negative result; 0 would mean "never ran".

Pumped turns go into compiled code directly: loop.py."""

from _fastnet import ffi

from fastnet_c import engine

_FN_RAN = 1
_INTERNAL = -23


@ffi.def_extern(error=_INTERNAL, onerror=engine.on_escaped)
def fnpy_main(bridge: object, loop: bool) -> int:
    """Take the bridge; with `loop`, work until the shim says stop."""
    engine.adopt(int(ffi.cast("uintptr_t", bridge)))
    if loop:
        engine.run()
    return _FN_RAN


@ffi.def_extern(error=_INTERNAL, onerror=engine.on_escaped)
def fnpy_command(command: object) -> int:
    """Carry out one order about a pumped session."""
    return engine.carry_out(command)
