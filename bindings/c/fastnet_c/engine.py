"""All sessions of the process: orders from the shim, the network thread's life, and what a broken session gets."""

import sys
from collections.abc import Generator
from typing import Any

from _fastnet import ffi, lib
from fastnet.net import folders, log
from fastnet.net.clock import monotonic_ns
from fastnet.protocol.numbers import Result

from fastnet_c.loop import Loop
from fastnet_c.pumped import take_pumped, turn_pumped
from fastnet_c.results import result_of_error, text_of_error
from fastnet_c.sessions import STOP_NS, ClientSession, ServerSession, Session

_FN_RAN = 1
_FN_CLIENT = 1
_OPEN, _CLOSE, _KICK, _END, _LOG = 1, 2, 3, 4, 5
_TEXT_BYTES = 512
_LEVELS = {1: log.ERROR, 2: log.WARNING, 3: log.INFO, 4: log.DEBUG, 5: log.DEBUG}
_LEVEL_OF = {log.ERROR: 1, log.WARNING: 2, log.INFO: 3, log.DEBUG: 4}
_SILENT = 100

_bridge = 0
_loop: Loop
_sessions: dict[int, Session] = {}


def _rehearse() -> Generator[bool, None, None]:
    from fastnet_c.rehearsal import acts  # Who connects at once does so sooner without it.

    yield from acts()


_rehearsal = _rehearse()


def adopt(bridge: int) -> None:
    """The shim's table of functions, at each start; the first one sets the interpreter up."""
    global _bridge, _loop
    if _bridge:
        return
    _bridge = bridge
    _loop = Loop(bridge, obey, _on_broken)
    take_pumped(bridge, _on_broken)
    folders.own_variable = ""
    log.send_to(lambda level, text: _loop.log(_LEVEL_OF.get(level, 1), text), log.WARNING)
    sys.setswitchinterval(1e-5)  # Handles that several threads pump take turns on the interpreter's lock.


def run() -> None:
    """The network thread: until the shim says stop, and then at most STOP_NS for goodbyes."""
    _loop.run(_rehearsal)
    limit_ns = monotonic_ns() + STOP_NS
    for session in list(_sessions.values()):
        if not session.pumped:
            session.leave(limit_ns)
    _loop.run_until(limit_ns)
    for session in list(_sessions.values()):
        if not session.pumped:
            session.release()


# Orders.


def obey(address: int) -> None:
    """Carry out the order at this address and write its result into it."""
    carry_out(ffi.cast("fn_command *", address))


def carry_out(command: Any) -> int:
    """Carry out one order; its result, which also stands in it."""
    text = ""
    try:
        result = int(_ORDERS[command.kind](command))
    except Exception as error:
        result, text = result_of_error(error), text_of_error(error)
        if result == Result.INTERNAL:
            log.exception("an order of kind %d failed", command.kind)
    command.result = _FN_RAN if result == Result.OK else result
    _write_text(command, text)
    return int(command.result)


def _write_text(command: Any, text: str) -> None:
    data = text.encode()[: _TEXT_BYTES - 1].decode(errors="ignore").encode()
    ffi.buffer(command.text)[: len(data) + 1] = data + b"\0"


def _handle_of(command: Any) -> int:
    return int(ffi.cast("uintptr_t", command.session))


def _text_of(command: Any) -> str:
    return str(ffi.string(command.text).decode())


def _open(command: Any) -> int:
    handle = _handle_of(command)
    if lib.fn_session_kind(command.session) == _FN_CLIENT:
        client = ClientSession(_bridge, handle, _bury)
        _enter(client)
        client.open(client.rings.wake if client.pumped else _loop.wake)
        return Result.OK
    server = ServerSession(_bridge, handle, _bury)
    _enter(server)
    server.open()
    return Result.OK


def _enter(session: Session) -> None:
    _sessions[session.handle] = session
    if not session.pumped:
        _loop.add(session.rings)


def _close(command: Any) -> int:
    session = _sessions[_handle_of(command)]
    assert isinstance(session, ClientSession)
    return session.close(command.code, _text_of(command))


def _kick(command: Any) -> int:
    session = _sessions[_handle_of(command)]
    assert isinstance(session, ServerSession)
    return session.kick(command.peer, command.code, _text_of(command))


def _end(command: Any) -> int:
    """The handle is gone. A pumped one has no thread to say goodbye on, so it does that here."""
    session = _sessions[_handle_of(command)]
    session.ended = True
    session.rings.hears = False
    session.leave()
    while session.pumped and not session.is_over:
        turn_pumped(session.rings, 1_000_000)
    _bury(session)
    return Result.OK


def _log(command: Any) -> int:
    level = _LEVELS.get(command.code, _SILENT)
    log.send_to(lambda rank, text: _loop.log(_LEVEL_OF.get(rank, 1), text), level)
    return Result.OK


_ORDERS = {_OPEN: _open, _CLOSE: _close, _KICK: _kick, _END: _end, _LOG: _log}


def _bury(session: Session) -> None:
    """Forget a session whose handle ended and which has nothing left to say; its memory goes back to the shim."""
    if not (session.ended and session.is_over) or _sessions.pop(session.handle, None) is None:
        return
    if not session.pumped:
        _loop.remove(session.rings)
    session.rings.free_session()


def _on_broken(rings: Any, error: BaseException) -> None:
    """A fault of ours ends one session and no other."""
    log.exception("a session broke: %s", text_of_error(error))
    for session in list(_sessions.values()):
        if session.rings is rings:
            try:
                session.fail(error)
            except Exception:
                log.exception("and its end failed as well")
                rings.drop_events()
                session.fail(error)


def on_escaped(kind: type[BaseException], error: BaseException, trace: object) -> None:
    """What no one caught: the shim then takes the core for dead, and the log says why."""
    try:
        raise error
    except BaseException:
        log.exception("the core failed: %s", text_of_error(error))
