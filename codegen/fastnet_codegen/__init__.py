"""Prints headers, bindings and references of a C API from one typed description."""

__version__ = "0.1.0"
