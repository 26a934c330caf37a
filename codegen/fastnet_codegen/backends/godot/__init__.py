"""The Godot addon: registration tables, class help, and the table of the C library's functions."""

from fastnet_codegen.backends.godot.backend import Godot

BACKEND = Godot
