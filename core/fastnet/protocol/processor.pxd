"""What the processor and the interpreter are asked for by foresight.py; nothing else."""
cdef extern from * nogil:
    void prefetch "__builtin_prefetch" (const void*)

cdef extern from "Python.h":
    ctypedef struct PyListObject:
        void** ob_item
