"""The C header, and its declarations without preprocessor for cffi and LuaJIT."""

from fastnet_codegen.backends.c_header.backend import CHeader

BACKEND = CHeader
