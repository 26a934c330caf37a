"""Documentation: all of it there, and what it points at exists."""

from collections.abc import Iterator

from fastnet_codegen.check.rule import Found, rule
from fastnet_codegen.ir.docs import references
from fastnet_codegen.ir.model import Api, Doc
from fastnet_codegen.ir.refs import refs


def documented(api: Api) -> Iterator[tuple[str, Doc]]:
    """Every documented part, by its path."""
    yield from ((part.name, part.doc) for part in api.named)
    for enum in api.enums:
        yield from ((f"{enum.name}.{member.name}", member.doc) for member in enum.members)
        yield from ((f"{enum.name}.{part.name}", part.doc) for part in enum.ranges)
    for struct in api.structs:
        yield from ((f"{struct.name}.{field.name}", field.doc) for field in struct.fields)
    for callback in api.callbacks:
        yield from ((f"{callback.name}.{param.name}", param.doc) for param in callback.params)
    for function in api.functions:
        yield function.path, function.doc
        yield from ((f"{function.path}.{param.name}", param.doc) for param in function.params)
        if function.returns.type.kind != "void":
            yield f"{function.path}.returns", function.returns.doc
    yield from ((f"events.{event.name}", event.doc) for event in api.events)


@rule("doc-missing", "write one sentence that a stranger understands")
def missing(api: Api) -> Iterator[Found]:
    """Headers, references and tooltips are printed from the description, so what is not said here is said nowhere."""
    for path, doc in documented(api):
        if not doc.summary:
            yield Found(path, "has no documentation")


@rule("anchor-unknown", "name an existing part: [[client.send]], [[event.data]], [[result.timeout]]")
def anchors(api: Api) -> Iterator[Found]:
    """A reference becomes a link, or a name of the target language; to nothing it would become nonsense."""
    known = refs(api)
    for path, doc in [*documented(api), (api.prefix, api.doc)]:
        for target in references(doc):
            if target not in known:
                yield Found(path, f"points at [[{target}]], which does not exist")
