"""The C++ layer: one header, RAII, C++11."""

from fastnet_codegen.backends.cpp.backend import Cpp

BACKEND = Cpp
