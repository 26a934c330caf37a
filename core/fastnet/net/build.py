# cython: annotation_typing=True
"""How the compiled modules were built, so that a measurement can refuse a build that is not the shipped one."""

from cython.cimports.fastnet.net.libc import FASTNET_BUILD


def build_name() -> str:
    """`release`, `trained` (a release that core/fuse.py built again), or another that setup.py names."""
    return FASTNET_BUILD.decode()
