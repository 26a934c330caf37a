# cython: annotation_typing=True
"""How the compiled modules were built, so that a measurement can refuse a build that is not the shipped one."""

from cython.cimports.fastnet.net.libc import FASTNET_BUILD


def build_name() -> str:
    """`release`, `debug`, `sanitize`, `coverage` or `annotate`; setup.py says what each is."""
    return FASTNET_BUILD.decode()
