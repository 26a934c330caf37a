/* How C functions become methods of engine classes: a table per class, one generic thunk for all methods.
 *
 * A method is a C function of the shape gd_function: `self` is the instance, `arguments` point at raw values (int64_t,
 * double, uint8_t for bool, gd_string, gd_bytes, ..), `result` at a value of the returned type that is already made.
 * Typed GDScript calls it directly; dynamic GDScript passes through Variants, which are checked here.
 */
#ifndef FASTNET_GODOT_BIND_H
#define FASTNET_GODOT_BIND_H

#include "gd.h"

enum { GD_ARGUMENTS_MAX = 4 };

typedef void (*gd_function)(void *self, const void *const *arguments, void *result);

typedef struct gd_argument {
    const char *name;
    GDExtensionVariantType type;
    bool optional;   /* then an empty value, or `number` */
    int64_t number;
} gd_argument;

typedef struct gd_method {
    const char *name;
    gd_function function;
    GDExtensionVariantType result; /* NIL: none */
    int argument_count;
    gd_argument arguments[GD_ARGUMENTS_MAX];
} gd_method;

typedef struct gd_signal {
    const char *name;
    int argument_count;
    gd_argument arguments[GD_ARGUMENTS_MAX];
} gd_signal;

typedef struct gd_constant {
    const char *enumeration;
    const char *name;
    int64_t value;
} gd_constant;

/* A virtual of the base class that we answer. */
typedef struct gd_virtual {
    const char *name;
    gd_function function;
} gd_virtual;

typedef struct gd_class {
    const char *name;
    const char *base;
    size_t size; /* of the instance; zeroed before `made` */
    void (*made)(void *self, GDExtensionObjectPtr object);
    void (*ended)(void *self);
    const gd_method *methods;
    int method_count;
    const gd_signal *signals;
    int signal_count;
    const gd_constant *constants;
    int constant_count;
    const gd_virtual *virtuals;
    int virtual_count;
} gd_class;

void gd_register(const gd_class *of);
void gd_unregister(const gd_class *of);

#endif
