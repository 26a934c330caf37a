"""From facts to C: the conditions under which an argument or a field is refused, and what the caller is told."""

from collections.abc import Iterator

from msgspec import Struct

from fastnet_codegen.ir.model import Api, Enum, Field, Function, Param, Record
from fastnet_codegen.ir.names import screaming, snake
from fastnet_codegen.ir.types import INTEGERS
from fastnet_codegen.render.comments import c_string

OFF = "0xFFFFFFFFu"


class Check(Struct, frozen=True):
    """If `condition` holds, fail with `result` and `text`; no result: what the condition called has failed already."""

    condition: str
    result: str = ""
    text: str = ""


class Checks:
    """The checks of one Api."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._results = {member.name: member.c for member in api.enum("result").members}
        self.invalid = self._results["invalid argument"]

    def of_param(self, function: Function, param: Param) -> Iterator[Check]:
        """What must hold for one parameter, in order."""
        name, kind = snake(param.name), param.type.kind
        if kind == "string":
            too_long = "too large" if "too large" in function.errors else "invalid argument"
            yield from self._text(name, name, param, self._results[too_long])
        elif kind == "enum":
            yield from self._known(name, name, self._api.enum(param.type.name))
        elif kind == "int":
            yield from self._ranges(name, param)
        elif kind in ("bytes", "blocks"):
            length = f"{name}_len" if kind == "bytes" else f"{name}_count"
            yield Check(f"!{name} && {length} > 0", self.invalid, f"{name} is NULL, but {length} is not 0")
        elif kind in ("text_out", "list_out"):
            capacity = next(c.name for c in function.c_params if c.of == param.name and c.role == "capacity")
            yield Check(f"!{name} && {capacity} > 0", self.invalid, f"{name} is NULL, but {capacity} is not 0")
        elif kind == "callback" and param.absent == "refused":
            yield Check(f"!{name}", self.invalid, f"{name} is NULL")
        elif kind == "out":
            yield Check(f"!out_{name}", self.invalid, f"out_{name} is NULL: give the address of a variable")
        elif kind == "struct":
            yield from self._struct(name, param)

    def of_struct(self, struct: Record) -> Iterator[Check]:
        """What must hold for the fields of a sized struct that came in complete, here called `given`."""
        for field in struct.shown:
            yield from self._field(field)
        for group in struct.exclusive:
            given = " + ".join(f"({self._given(struct, path)})" for path in group)
            names = ", ".join(_last(path) for path in group)
            yield Check(f"{given} > 1", self.invalid, f"at most one of these may be given: {names}")
        for group in struct.together:
            first, *others = (self._given(struct, path) for path in group)
            names = " and ".join(_last(path) for path in group)
            for other in others:
                yield Check(f"({first}) != ({other})", self.invalid, f"{names} belong together: give both or none")

    def _struct(self, name: str, param: Param) -> Iterator[Check]:
        first = first_size(self._api.struct(param.type.name))
        yield Check(f"!{name}", self.invalid, f"{name} is NULL")
        if param.direction == "in":
            size = f"(uint32_t)sizeof {name}_full"
            yield Check(f"fn_sized_in({name}, &{name}_full, {size}, {first}) != FN_SHIM_OK")
            yield Check(f"check_{snake(param.type.name)}(&{name}_full) != FN_SHIM_OK")
        elif param.direction == "out":
            yield Check(f"fn_sized_out_check({name}, {first}) != FN_SHIM_OK")
        else:
            text = f"struct_size is not the size of {param.type.c}: give sizeof *{name}"
            condition = f"struct_size < {first} || struct_size > SIZED_MAX"
            yield Check(condition, self._results["struct size"], text)

    def _field(self, field: Field) -> Iterator[Check]:
        value, kind = f"given->{field.c}", field.type.kind
        if kind == "string":
            yield from self._text(field.c, value, field, self.invalid)
        elif kind == "enum":
            yield from self._known(field.c, value, self._api.enum(field.type.name))
        elif kind == "int" and not field.length_of:
            yield from self._limits(field, value)
        elif kind in ("bytes", "blocks"):
            length = f"given->{snake(field.length)}"
            plain = snake(field.length)
            yield Check(f"!{value} && {length} > 0", self.invalid, f"{field.c} is NULL, but {plain} is not 0")
            yield Check(f"{value} && {length} == 0", self.invalid, f"{field.c} is given, but {plain} is 0")
            if field.max is not None:
                unit = "bytes" if kind == "bytes" else "pieces"
                text = f"{plain} is above the limit of {field.max} {unit}"
                yield Check(f"{length} > {field.max}u", self.invalid, text)

    def _limits(self, field: Field, value: str) -> Iterator[Check]:
        top = (1 << 8 * INTEGERS[field.type.name]) - 1
        low, high = field.min or 0, top if field.max is None else field.max
        if field.required:
            yield Check(f"{value} == 0", self.invalid, f"{field.c} is 0: it must be given")
        outside = " || ".join(
            part
            for part in (f"{value} < {low}u" if low > 1 else "", f"{value} > {high}u" if high < top else "")
            if part
        )
        if outside:
            guards = [f"{value} != 0"] if low > 1 else []
            guards += [f"{value} != {OFF}"] if field.none else []
            condition = " && ".join([*guards, f"({outside})" if guards and " || " in outside else outside])
            words = ["0 for the default"] + (["OFF for none"] if field.none else [])
            text = f"{field.c} must be {low or 1} to {high}, {', '.join(words)}"
            yield Check(condition, self.invalid, text)

    def _text(self, name: str, value: str, part: Param | Field, too_long: str) -> Iterator[Check]:
        if part.absent == "refused":
            yield Check(f"!{value}", self.invalid, f"{name} is NULL")
        guard = "" if part.absent == "refused" else f"{value} && "
        longest = "UINT32_MAX" if part.max is None else f"{part.max}u"
        call = f'check_text("{name}", {value}, {part.min or 0}u, {longest}, {too_long})'
        yield Check(f"{guard}{call} != FN_SHIM_OK")

    def _known(self, name: str, value: str, enum: Enum) -> Iterator[Check]:
        if not enum.unknown:
            return
        numbers = sorted({member.value for member in enum.values})
        result = self._results[enum.unknown]
        if enum.kind == "flags":
            bits = 0
            for number in numbers:
                bits |= number
            yield Check(f"({value} & ~{bits:#x}u) != 0", result, f"{name} has bits that this library does not know")
        elif numbers == list(range(len(numbers))) and enum.width[0] == "u":
            text = f"{name}: there is no such {enum.name}; known are 0 to {numbers[-1]}"
            yield Check(f"{value} > {numbers[-1]}u", result, text)
        else:
            condition = " && ".join(f"{value} != {number}" for number in numbers)
            yield Check(condition, result, f"{name}: there is no such {enum.name}")

    def _ranges(self, name: str, param: Param) -> Iterator[Check]:
        top = (1 << 8 * INTEGERS[param.type.name]) - 1
        ranges = param.ranges
        if not ranges and (param.min is not None or param.max is not None):
            ranges = ((param.min or 0, top if param.max is None else param.max),)
        if not ranges:
            return
        condition = " && ".join(_outside(name, low, high, top) for low, high in ranges)
        words = " or ".join(str(low) if low == high else f"{low} to {high}" for low, high in ranges)
        yield Check(condition, self.invalid, f"{name} must be {words}")

    def _given(self, struct: Record, path: str) -> str:
        name, _, flag = path.partition(".")
        field = next(field for field in struct.fields if field.name == name)
        if flag:
            member = next(at for at in self._api.enum(field.type.name).members if at.name == flag)
            return f"(given->{field.c} & {member.c}) != 0"
        return f"given->{field.c} != NULL"


def first_size(struct: Record) -> str:
    """The size that every caller has, in C."""
    newer = struct.first_newer
    return f"(uint32_t)offsetof({struct.c}, {newer.c})" if newer else f"(uint32_t)sizeof({struct.c})"


def quoted(text: str) -> str:
    """A C string."""
    return f'"{c_string(text)}"'


def off_constant(api: Api) -> str:
    """The constant that means none."""
    return f"{screaming(api.prefix)}_OFF"


def _outside(name: str, low: int, high: int, top: int) -> str:
    if low == high:
        return f"{name} != {low}u"
    parts = ([f"{name} < {low}u"] if low else []) + ([f"{name} > {high}u"] if high < top else [])
    return f"({' || '.join(parts)})" if len(parts) > 1 else parts[0]


def _last(path: str) -> str:
    return snake(path.rpartition(".")[2])
