"""What the Python core shares with C: its numbers, and the declarations that cffi needs."""

from fastnet_codegen.backends.python_impl.backend import PythonImpl

BACKEND = PythonImpl
