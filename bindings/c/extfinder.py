"""Finds the extension modules of the private runtime: they lie flat in ext/ as <dotted.module.name>.so, because their
packages are frozen modules (core_modules.c), which have no folder. Modules of ours that are in neither are in
ext/fastnet.fused.so, if it is there: core/fuse.py.

Uses nothing that is itself imported from a file. build_core.py compiles this text into fastnet_core; the boot runs it
before anything else.
"""

import sys


def _install():
    import _frozen_importlib as bootstrap
    import _frozen_importlib_external as external

    try:
        import posix as system
    except ImportError:
        import nt as system

    folder = sys.prefix + "/ext/"
    found = {name.rpartition(".")[0]: folder + name for name in system.listdir(folder)}

    fused = found.get("fastnet.fused")

    def spec_of(name, file):
        return bootstrap.ModuleSpec(name, external.ExtensionFileLoader(name, file), origin=file)

    class ExtensionFinder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            file = found.get(name)
            return file and spec_of(name, file)

    class FusedFinder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            return spec_of(name, fused) if name.startswith(("fastnet.", "fastnet_c.")) else None

    sys.meta_path.insert(0, ExtensionFinder)
    if fused:
        sys.meta_path.append(FusedFinder)


_install()
