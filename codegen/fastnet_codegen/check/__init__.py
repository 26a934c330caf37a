"""The rules of a good description. Each takes the linked Api and yields what it found; each has a code to explain."""

from fastnet_codegen.check import docs, functions, names, numbers, revisions, structs, targets
from fastnet_codegen.check.rule import Rule
from fastnet_codegen.diagnostics import Diagnostic
from fastnet_codegen.ir.model import Api
from fastnet_codegen.spec.load import Sources

RULES: dict[str, Rule] = {
    rule.code: rule
    for module in (docs, functions, names, numbers, revisions, structs, targets)
    for rule in vars(module).values()
    if isinstance(rule, Rule)
}


def check(api: Api, sources: Sources) -> list[Diagnostic]:
    """Everything that is wrong, each with the place where it was written."""
    return [
        Diagnostic(sources.of(found.path), rule.code, f"{found.path}: {found.message}", rule.remedy)
        for rule in RULES.values()
        for found in rule.run(api)
    ]
