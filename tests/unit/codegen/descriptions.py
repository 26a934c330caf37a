"""Small descriptions for tests: a good one, and ways to spoil it."""

from pathlib import Path

from fastnet_codegen.diagnostics import DescriptionError, Diagnostic
from fastnet_codegen.ir.model import Api
from fastnet_codegen.ir.passes import build

ROOT_FILE = """name: Tiny
prefix: tiny
summary: A tiny API.
version: 0.1.0
major: 1
revision: {revision}
modules: [all]
reserved: [tiny_kept]
"""
GOOD = """ids:
  - {name: peer id, since: 1, width: u32, none: 0, summary: Somebody.}
enums:
  - name: result
    since: 1
    width: i32
    prefix: error
    summary: How it ended.
    members:
      - {name: ok, value: 0, prefix: "", doc: Good.}
      - {name: invalid argument, value: -1, doc: Bad.}
      - {name: invalid handle, value: -2, doc: Bad.}
      - {name: runtime, value: -3, doc: Bad.}
      - {name: busy, value: -4, doc: Bad.}
  - name: event type
    since: 1
    width: u32
    prefix: event
    summary: What happened.
    members:
      - {name: data, value: 1, doc: Data.}
flags:
  - name: switches
    since: 1
    width: u32
    prefix: switch
    summary: Switches.
    members:
      - {name: fast, value: 1, doc: Fast.}
handles:
  - {name: box, since: 1, constructors: [make], destructor: end, summary: A box.}
callbacks:
  - name: watcher
    since: 1
    summary: Who watches.
    params: [{name: user data, type: user data, doc: What was stored.}]
structs:
  - name: event
    since: 1
    kind: frozen
    summary: What happened.
    fields:
      - {name: type, type: event type, doc: What.}
      - {name: data len, type: u32, doc: How much.}
      - {name: data, type: bytes, length: data len, lifetime: until_next_poll, doc: What came.}
      - {reserved: user data, count: 2}
  - name: config
    since: 1
    kind: sized
    init: box.config init
    summary: What a box needs.
    fields:
      - {name: size, type: u32, doc: How large.}
      - {name: path, type: string, absent: means_default, doc: Where.}
events:
  - {name: data, since: 1, type: data, of: [box], carries: [data], summary: Data came.}
functions:
  - name: config init
    of: box
    role: free
    since: 1
    runs: shim
    threads: any
    summary: Prepare.
    params: [{name: config, type: config, direction: init, doc: What.}]
    returns: {type: result, doc: Whether.}
    errors: [invalid argument]
  - name: make
    of: box
    role: constructor
    since: 1
    runs: post
    threads: any
    summary: Make.
    returns: {type: box, doc: A box.}
  - {name: end, of: box, role: destructor, since: 1, runs: post, threads: last, summary: End.}
  - name: poll
    of: box
    role: method
    since: 1
    runs: shim
    threads: one
    summary: The next [[event]].
    params: [{name: event, type: out event, doc: The event.}]
    returns: {type: flag, doc: Whether.}
  - name: watch
    of: box
    role: setter
    since: 1
    runs: shim
    threads: any
    summary: Watch.
    params:
      - {name: watcher, type: watcher, doc: Who.}
      - {name: user data, type: user data, doc: What.}
    returns: {type: result, doc: Whether.}
"""


def write(folder: Path, text: str = GOOD, revision: int = 1) -> Path:
    """A description in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "api.yaml").write_text(ROOT_FILE.format(revision=revision))
    (folder / "all.yaml").write_text(text)
    return folder


def spoiled(old: str, new: str) -> str:
    """The good description with one place changed; the place must be there exactly once."""
    assert GOOD.count(old) == 1, f"{GOOD.count(old)} times: {old}"
    return GOOD.replace(old, new)


def api(folder: Path, text: str = GOOD, revision: int = 1) -> Api:
    """What such a description builds."""
    return build(write(folder, text, revision))


def faults(folder: Path, text: str, revision: int = 1) -> tuple[Diagnostic, ...]:
    """What is wrong with it; nothing if it builds."""
    try:
        api(folder, text, revision)
    except DescriptionError as error:
        return error.found
    return ()
