"""Target files: they speak of what exists."""

from collections.abc import Iterator

from fastnet_codegen.check.rule import Found, rule
from fastnet_codegen.ir.model import Api
from fastnet_codegen.ir.refs import refs


@rule("target-path", "correct the dotted path in targets/")
def known_paths(api: Api) -> Iterator[Found]:
    """A rename or an exclusion of nothing is a slip, or a leftover."""
    known = refs(api)
    for name, target in api.targets.items():
        for path in (*target.renames, *target.exclude, *target.lower):
            if path not in known and not path.startswith("events."):
                yield Found(path, f"targets/{name}.yaml names it, but it does not exist")
