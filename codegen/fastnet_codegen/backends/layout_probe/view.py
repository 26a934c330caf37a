"""Structs as a probe sees them: fields with offsets per data model, and each language's blittable type."""

from msgspec import Struct

from fastnet_codegen.ir.layout import size_of
from fastnet_codegen.ir.model import Api, Field, Record
from fastnet_codegen.ir.names import screaming
from fastnet_codegen.ir.types import POINTERS

MODELS = ("lp64", "ilp32", "ilp32_4")
CSHARP = {1: "byte", 2: "ushort", 4: "uint", 8: "ulong"}
CTYPES = {1: "c_uint8", 2: "c_uint16", 4: "c_uint32", 8: "c_uint64"}


class Probe(Struct, frozen=True):
    """One field: its name in C, its offsets as C expects them, and its type elsewhere."""

    c: str
    offsets: str
    count: int
    csharp: str
    ctypes: str

    @property
    def csharp_names(self) -> list[str]:
        """An array is several fields in C#, the first of which has the array's name."""
        return [self.c, *(f"{self.c}_{at}" for at in range(1, self.count))]


class Probed(Struct, frozen=True):
    """One struct."""

    c: str
    sizes: str
    fields: list[Probe]


class ProbeView:
    """All structs of an Api."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.prefix, self.macro = api.prefix, screaming(api.prefix)
        self.structs = [self._probed(struct) for struct in api.structs]

    def _probed(self, struct: Record) -> Probed:
        sizes = ", ".join(str(struct.extents[model].size) for model in MODELS)
        return Probed(struct.c, sizes, [self._probe(field) for field in struct.fields])

    def _probe(self, field: Field) -> Probe:
        offsets = ", ".join(str(field.places[model].offset) for model in MODELS)
        if field.type.kind in POINTERS:
            return Probe(field.c, offsets, field.count, "IntPtr", "c_void_p")
        size = size_of(self._api, field, 0)
        return Probe(field.c, offsets, field.count, CSHARP[size], CTYPES[size])
