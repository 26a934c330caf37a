"""The Unreal plugin: reflected types, client and server classes, and the table of the C library's functions."""

from fastnet_codegen.backends.unreal.backend import Unreal

BACKEND = Unreal
