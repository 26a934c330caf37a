"""Attributes that the interpreter reads straight from an object, without a call, as those of `__slots__`."""

cdef extern from *:
    """
    #include <structmember.h>

    /* Member number i of `names` is the i-th object behind the head of each instance. The descriptors live for ever, as
     * the type does. Python reads such a member inline (LOAD_ATTR_SLOT); a getset costs some 100 instructions. */
    static inline int fastnet_show_members(PyObject *type, PyObject *names) {
        PyTypeObject *owner = (PyTypeObject *)type;
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); i++) {
            PyObject *name = PyTuple_GET_ITEM(names, i);
            PyMemberDef *member = (PyMemberDef *)PyMem_Calloc(1, sizeof *member);
            if (!member)
                return PyErr_NoMemory(), -1;
            member->name = PyUnicode_AsUTF8(name);
            member->type = T_OBJECT_EX;
            member->offset = (Py_ssize_t)(sizeof(PyObject) + (size_t)i * sizeof(PyObject *));
            member->flags = READONLY;
            PyObject *shown = member->name ? PyDescr_NewMember(owner, member) : NULL;
            int failed = shown ? PyDict_SetItem(owner->tp_dict, name, shown) : -1;
            Py_XDECREF(shown);
            if (failed)
                return -1;
        }
        PyType_Modified(owner);
        return 0;
    }
    """
    int fastnet_show_members(object type, tuple names) except -1
