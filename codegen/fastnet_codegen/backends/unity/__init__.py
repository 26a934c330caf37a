"""The C# layer of the Unity package: declarations, enumerations, structs, and the simple half of the classes."""

from fastnet_codegen.backends.unity.backend import Unity

BACKEND = Unity
