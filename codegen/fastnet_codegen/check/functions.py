"""Functions, handles, callbacks, events: shapes that every binding can act on."""

from collections.abc import Iterator

from fastnet_codegen.check.rule import Found, rule
from fastnet_codegen.ir.model import Api

RETURNED = {"void", "int", "float", "flag", "enum", "id", "handle", "string", "static_string", "user_data"}


@rule("out-last", "move it to the end")
def out_last(api: Api) -> Iterator[Found]:
    """What a call writes comes last, so that bindings can return it."""
    for function in api.functions:
        out = ""
        for param in function.params:
            written = param.type.kind in ("out", "text_out", "list_out") or param.direction == "out"
            if out and not written:
                yield Found(f"{function.path}.{param.name}", f"stands behind {out!r}, which is written")
            out = param.name if written else out


@rule("handle-functions", "write the functions that the handle names, with their roles")
def handles(api: Api) -> Iterator[Found]:
    """A handle without a way to end it leaks in every language; bindings end it for their users."""
    functions = {function.path: function for function in api.functions}
    for handle in api.handles:
        for path, role in [(path, "constructor") for path in handle.constructors] + [(handle.destructor, "destructor")]:
            if path not in functions or functions[path].role != role:
                yield Found(handle.name, f"{path} is no {role}")
    for function in api.functions:
        if function.of and function.of not in {handle.name for handle in api.handles}:
            yield Found(function.path, f"belongs to {function.of!r}, which is no handle")


@rule("thread-class", "destructors are `last`, and nothing else is")
def threads(api: Api) -> Iterator[Found]:
    """`last` means that nothing may follow on the handle: exactly what ending it is."""
    for function in api.functions:
        if (function.role == "destructor") != (function.threads == "last"):
            yield Found(function.path, f"a {function.role} of class {function.threads!r}")
        if function.pumped == "any" and function.threads != "any":
            yield Found(function.path, "is stricter with a network thread than without")


@rule("callback-user-data", "add a last parameter `user data`")
def callbacks(api: Api) -> Iterator[Found]:
    """Without it a callback cannot find its object, and languages with closures cannot be bound."""
    for callback in api.callbacks:
        if not callback.params or callback.params[-1].type.kind != "user_data":
            yield Found(callback.name, "does not end with `user data`")


@rule("lifetime-poll", "use another lifetime, or add a poll")
def lifetimes(api: Api) -> Iterator[Found]:
    """`until_next_poll` ends with the next poll, so there must be one that gives out the struct."""
    polled = {
        param.type.of.name
        for function in api.functions
        for param in function.params
        if function.name == "poll" and param.type.kind == "out" and param.type.of
    }
    for struct in api.structs:
        for field in struct.fields:
            if field.lifetime == "until_next_poll" and struct.name not in polled:
                yield Found(f"{struct.name}.{field.name}", "lives until the next poll, but nothing polls the struct")


@rule("returns", "return a result and write the rest to an out parameter")
def returned(api: Api) -> Iterator[Found]:
    """Only what fits a register crosses every border the same way."""
    for function in api.functions:
        if function.returns.type.kind not in RETURNED:
            yield Found(function.path, f"cannot return {function.returns.type.kind}")
        if function.role == "destructor" and (function.params or function.returns.type.kind != "void"):
            yield Found(function.path, "a destructor takes and returns nothing")


@rule("event-shape", "name an event type, handles, and fields of the struct `event`")
def events(api: Api) -> Iterator[Found]:
    """Engines make signals of events; their arguments are fields, in the order given."""
    types = {member.name for enum in api.enums if enum.name == "event type" for member in enum.values}
    fields = {field.name for struct in api.structs if struct.name == "event" for field in struct.shown}
    handles_ = {handle.name for handle in api.handles}
    for event in api.events:
        wrong = [name for name in event.carries if name not in fields]
        wrong += [name for name in event.of if name not in handles_]
        wrong += [event.type] if event.type not in types else []
        for name in wrong:
            yield Found(f"events.{event.name}", f"{name!r} does not exist")
