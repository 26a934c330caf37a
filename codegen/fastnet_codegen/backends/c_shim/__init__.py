"""The exported functions of the library: checks, entering and leaving handles; bodies are written by hand."""

from fastnet_codegen.backends.c_shim.backend import CShim

BACKEND = CShim
