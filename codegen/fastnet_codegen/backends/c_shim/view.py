"""What the border of the library shows: each exported function as a run of checks around one call of its body."""

from collections.abc import Iterator

from msgspec import Struct

from fastnet_codegen.backends.c_header.view import declared, wrapped
from fastnet_codegen.backends.c_shim.checks import OFF, Check, Checks, off_constant, quoted
from fastnet_codegen.ir.model import Api, Enum, Field, Function, Param, Record
from fastnet_codegen.ir.names import screaming, snake


class Refusal(Struct, frozen=True):
    """A condition, and the statements that then end the function."""

    condition: str
    statements: list[str]


class Exported(Struct, frozen=True):
    """One exported function, in the order of its parts."""

    head: str
    declarations: list[str]
    refusals: list[Refusal]
    enter: str
    not_entered: list[str]
    call: list[str]


class StructCheck(Struct, frozen=True):
    """The function that checks the fields of a struct."""

    name: str
    c: str
    refusals: list[Refusal]


class Copy(Struct, frozen=True):
    """The function that copies a struct with all that it points at."""

    name: str
    c: str
    fields: list[tuple[str, str]]


class Names(Struct, frozen=True):
    """The function that names the values of an enumeration."""

    c: str
    rows: list[tuple[str, str]]


class ShimView:
    """The library's view of an Api."""

    def __init__(self, api: Api) -> None:
        self._api, self._checks = api, Checks(api)
        self.prefix, self.macro, self.major = api.prefix, screaming(api.prefix), api.major
        self.invalid = self._checks.invalid
        self.ok = next(member.c for member in api.enum("result").members if member.value == 0)
        self.result = api.enum("result").c
        self.symbols = sorted(function.c for function in api.functions)
        self.hashes = list(api.hashes.values())
        taken = [param.type.name for function in api.functions for param in function.params if _is_given(param)]
        given = [struct for struct in api.structs if struct.name in taken]
        self.struct_checks = [self._struct_check(struct) for struct in given]
        self.copies = [copy for struct in given for copy in _copies(struct)]
        self.bodies = [_body(function) for function in api.functions]
        self.functions = [self._exported(function) for function in api.functions]
        self.reason = api.enum("reason").c
        self.result_names = [(member.c, quoted(member.c)) for member in api.enum("result").values]
        self.reason_names = [(member.c, quoted(screaming(member.name))) for member in api.enum("reason").values]
        self.reason_results = list(_reason_results(api, api.enum("reason")))
        self.reason_ranges = [(r.first, r.last, self._result(r.result)) for r in api.enum("reason").ranges]
        self.reason_otherwise = self._result(api.enum("reason").otherwise)

    def _result(self, name: str) -> str:
        return next(member.c for member in self._api.enum("result").members if member.name == name)

    def _struct_check(self, struct: Record) -> StructCheck:
        refusals = [
            Refusal(self._spelled(at.condition), [f"return fn_fail({at.result}, {quoted(at.text)});"])
            if at.result
            else Refusal(self._spelled(at.condition), ["return fn_last_result();"])
            for at in self._checks.of_struct(struct)
        ]
        return StructCheck(snake(struct.name), struct.c, refusals)

    def _spelled(self, condition: str) -> str:
        return condition.replace("FN_SHIM_OK", self.ok).replace(OFF, off_constant(self._api))

    def _exported(self, function: Function) -> Exported:
        clean = [f"if ({_out(param)})\n    *{_out(param)} = {zero};" for param, zero in _outs(function)]
        refusals: list[Refusal] = []
        if function.in_callback == "refused":
            refusals.append(Refusal("fn_in_callback()", [*clean, _leave(function, f"{self.macro}_ERROR_BUSY")]))
        for param in function.params:
            for at in self._checks.of_param(function, param):
                statements = clean if at.result == "" or param.type.kind != "out" else []
                refusals.append(Refusal(self._spelled(at.condition), [*statements, *_failed(function, at)]))
        enter, not_entered = _enter(function), [*clean, _leave(function, "fn_last_result()")]
        call = list(_call(function, self.ok))
        head = wrapped(f"{function.returns.type.c} {self.macro}_CALL {function.c}({declared(function.c_params)})")
        return Exported(head, _declarations(function), refusals, enter, not_entered, call)


def _is_given(param: Param) -> bool:
    return param.type.kind == "struct" and param.direction == "in"


def _out(param: Param) -> str:
    return f"out_{snake(param.name)}"


def _outs(function: Function) -> Iterator[tuple[Param, str]]:
    """What is written even on failure: handles become NULL, structs zero."""
    for param in function.params:
        if param.type.kind == "out" and param.type.of:
            yield param, "NULL" if param.type.of.kind == "handle" else f"({param.type.of.c}){{0}}"


def _failed(function: Function, check: Check) -> list[str]:
    if not check.result:
        return [_leave(function, "fn_last_result()")]
    call = f"fn_fail({check.result}, {quoted(check.text)})"
    if function.failure == "result":
        return [f"return {call};"]
    return [f"(void){call};", _leave(function, "")]


def _leave(function: Function, result: str) -> str:
    if function.failure == "result":
        return f"return {result};"
    return f"return {function.failure};" if function.returns.type.kind != "void" else "return;"


def _enter(function: Function) -> str:
    if not function.takes_handle:
        return ""
    by_thread = {"last": "fn_end", "one": "fn_enter_one", "any": "fn_enter"}[function.threads]
    enter = "fn_enter_wake" if function.pumped == "any" else by_thread
    return f"fn_session *const session = {enter}({snake(function.of)}, FN_{screaming(function.of)});"


def _declarations(function: Function) -> list[str]:
    return [
        f"{param.type.c} {snake(param.name)}_full{' = {0}' if param.direction == 'out' else ''};"
        for param in function.params
        if param.type.kind == "struct" and param.direction in ("in", "out")
    ]


def _call(function: Function, ok: str) -> Iterator[str]:
    arguments = ["session"] if function.takes_handle else []
    structs = {param.name: param for param in function.params if param.type.kind == "struct"}
    for c_param in function.c_params:
        if c_param.role == "self":
            continue
        full = c_param.role == "pointer" and c_param.of in structs and structs[c_param.of].direction != "init"
        arguments.append(f"&{c_param.name}_full" if full else c_param.name)
    call = wrapped(f"{body_name(function)}({', '.join(arguments)})", 80)
    outs = [snake(param.name) for param in structs.values() if param.direction == "out"]
    leave = {"any": "fn_leave(session);", "one": "fn_leave_one(session);", "last": ""}[function.threads]
    leave = "fn_leave_wake(session);" if function.pumped == "any" else leave  # The pair of fn_enter_wake.
    leave = leave if function.takes_handle else ""
    if function.returns.type.kind == "void":
        yield f"{call};"
        return
    if not outs and not leave:
        yield f"return {call};"
        return
    yield f"{function.returns.type.c} const returned = {call};"
    if leave:
        yield leave
    for name in outs:
        yield f"if (returned == {ok})\n    fn_sized_out({name}, &{name}_full, (uint32_t)sizeof {name}_full);"
    yield "return returned;"


def body_name(function: Function) -> str:
    """The function written by hand: `fastnet_client_send` calls `fn_client_send`."""
    return "fn_" + snake(function.path.replace(".", " "))


def _body(function: Function) -> str:
    params = [param for param in function.c_params if param.role != "self"]
    texts = (["fn_session *session"] if function.takes_handle else []) + [f"{at.type} {at.name}" for at in params]
    return wrapped(f"{function.returns.type.c} {body_name(function)}({', '.join(texts) or 'void'});")


def _copies(struct: Record) -> Iterator[Copy]:
    fields = [(field.c, size) for field in struct.shown for size in _pointed(field)]
    if fields:
        yield Copy(snake(struct.name), struct.c, fields)


def _pointed(field: Field) -> Iterator[str]:
    if field.type.kind == "string":
        yield f"text_bytes(full->{field.c})"
    elif field.type.kind == "bytes":
        yield f"full->{snake(field.length)}"
    elif field.type.kind == "blocks":
        yield f"(size_t)full->{snake(field.length)} * {field.type.size}u"


def _reason_results(api: Api, reason: Enum) -> Iterator[tuple[str, str]]:
    constants = {member.name: member.c for member in api.enum("result").members}
    for member in reason.values:
        if member.result and member.result != reason.otherwise:
            yield member.c, constants[member.result]
