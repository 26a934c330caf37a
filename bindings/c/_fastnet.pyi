# The module that cffi makes of build_core.py's declarations; it exists inside fastnet_core alone.
from collections.abc import Callable
from typing import Any, TypeVar

_Function = TypeVar("_Function", bound=Callable[..., object])

class _Ffi:
    def def_extern(self, *, error: int, onerror: Callable[..., object]) -> Callable[[_Function], _Function]: ...
    def __getattr__(self, name: str) -> Any: ...

ffi: _Ffi
lib: Any
