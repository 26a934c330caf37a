"""Calls between the core's modules without the detour: for a build that has them all in one object (fuse.py).

Cython compiles each module for itself. So a method of another module's class is called through the class's table of
methods, and a function of another module through a pointer that the import sets. In one object each has an address,
which the linker knows and the compiler may put in its callers:

    ((struct __pyx_vtabstruct_M_C *)EXPR->__pyx_vtab)->method(..)   ->   __pyx_f_M_C_method(..)
    static int (*__pyx_f_M_function)(..);                           ->   extern int __pyx_f_M_function(..);

A method that a compiled class below may override stays as it is; one in Python never overrides what Cython's C calls by
such a table. What does not look like the above is left alone, and works as before.
"""

import re
from collections.abc import Mapping

_BASE = re.compile(r"struct __pyx_vtabstruct_(\w+) __pyx_base;")
_METHOD = re.compile(r"^  __pyx_vtable_(\w+)\.(\w+) = (?:\(.*\))?(__pyx_f_\w+);$", re.MULTILINE)
_CALL = re.compile(r"\(\(struct __pyx_vtabstruct_(\w+) \*\)")
_CALLED = re.compile(r"->__pyx_vtab\)->(\w+)\(")
_TABLE = re.compile(r"^static struct __pyx_vtabstruct_(\w+) \*__pyx_vtabptr_\1;$", re.MULTILINE)
_POINTER = re.compile(r"^static (.*?)\(\*(__pyx_f_\w+)\)(\(.*\)); ?/\*proto\*/$", re.MULTILINE)
_IMPORT = re.compile(r"\(void \(\*\*\)\(void\)\)&(__pyx_f_\w+)")
_OWN = re.compile(r"^static ((?:CYTHON_INLINE )?[^=;{}()]*?[ *])(__pyx_f_\w+)\(", re.MULTILINE)
_UNUSED = "static void (*fastnet_unused)(void);\n"


def straighten(sources: Mapping[str, str]) -> dict[str, str]:
    """The C that Cython printed of all modules, by name, with straight calls between them."""
    bases = {base for text in sources.values() for base in _BASE.findall(text)}
    methods = {
        (kind, method): function
        for text in sources.values()
        for kind, method, function in _METHOD.findall(text)
        if kind not in bases
    }
    owners = {function: name for name, text in sources.items() for _, function in _OWN.findall(text)}
    made, foreign = {}, set[str]()
    for name, text in sources.items():
        text, used = _straight_methods(text, methods)
        text, called = _straight_functions(text, {one for one, owner in owners.items() if owner != name})
        foreign |= {one for one in used | called if owners.get(one) != name}
        made[name] = _declared(text, {one: methods[one] for one in methods if owners.get(methods[one]) != name}, used)
    return {name: _OWN.sub(lambda own: _shared(own, foreign), text) for name, text in made.items()}


def _straight_methods(text: str, methods: Mapping[tuple[str, str], str]) -> tuple[str, set[str]]:
    """Calls by a table; and what they call."""
    parts, used, at = [], set[str](), 0
    for call in _CALL.finditer(text):
        end = _closing(text, call.start())
        called = _CALLED.match(text, end - len("->__pyx_vtab"))
        function = methods.get((call[1], called[1])) if called else None
        if called and function and call.start() >= at:
            parts += [text[at : call.start()], function, "("]
            used.add(function)
            at = called.end()
    return "".join(parts) + text[at:], used


def _closing(text: str, start: int) -> int:
    """Where the parenthesis ends that begins at `start`."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at
    return start


def _straight_functions(text: str, others: set[str]) -> tuple[str, set[str]]:
    """Functions of other modules; and which."""
    found = {name for _, name, _ in _POINTER.findall(text)} & others
    text = _POINTER.sub(lambda p: f"extern {p[1]}{p[2]}{p[3]};" if p[2] in found else p[0], text)
    text = _IMPORT.sub(lambda p: "(void (**)(void))&fastnet_unused" if p[1] in found else p[0], text)
    return (_UNUSED + text if found else text), found


def _declared(text: str, methods: Mapping[tuple[str, str], str], used: set[str]) -> str:
    """With a declaration of each used method of another module, behind that of its table."""

    def declare(table: re.Match[str]) -> str:
        lines = [
            f"extern __typeof__(*((struct __pyx_vtabstruct_{kind} *)0)->{method}) {function};"
            for (kind, method), function in methods.items()
            if kind == table[1] and function in used
        ]
        return "\n".join([table[0], *lines])

    return _TABLE.sub(declare, text)


def _shared(own: re.Match[str], foreign: set[str]) -> str:
    return f"{own[1]}{own[2]}(" if own[2] in foreign else own[0]
