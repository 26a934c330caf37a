/* How C functions become methods of engine classes. See bind.h. */
#include "bind.h"

#include <stdlib.h>
#include <string.h>

enum { CLASSES_MAX = 8, VIRTUALS_MAX = 32, PROPERTY_USAGE_DEFAULT = 6 };

/* A class as registered: the names live as long as it does, for the engine compares virtuals by them. */
typedef struct registered {
    const gd_class *of;
    gd_name name, base;
    gd_name virtuals[VIRTUALS_MAX];
} registered;
static registered classes[CLASSES_MAX];

typedef union raw {
    int64_t number;
    double real;
    gd_string string;
    gd_bytes bytes;
    gd_variant widest;
} raw;

/* ---- instances ---- */

static GDExtensionObjectPtr create(void *userdata) {
    registered *class = userdata;
    void *self = calloc(1, class->of->size);
    if (!self)
        return NULL;
    GDExtensionObjectPtr object = gd.classdb_construct_object(&class->base);
    gd.object_set_instance(object, &class->name, self);
    class->of->made(self, object);
    return object;
}

static void end(void *userdata, GDExtensionClassInstancePtr self) {
    const registered *class = userdata;
    class->of->ended(self);
    free(self);
}

/* ---- calls ---- */

static void call_raw(void *userdata, GDExtensionClassInstancePtr self, const GDExtensionConstTypePtr *arguments,
                     GDExtensionTypePtr result) {
    const gd_method *method = userdata;
    method->function(self, arguments, result);
}

/* Whether `given` can stand for `wanted`: the same type, or a number for a number. */
static bool fits(GDExtensionVariantType given, GDExtensionVariantType wanted) {
    if (given == wanted)
        return true;
    bool number = given == GDEXTENSION_VARIANT_TYPE_INT || given == GDEXTENSION_VARIANT_TYPE_FLOAT;
    return (wanted == GDEXTENSION_VARIANT_TYPE_INT || wanted == GDEXTENSION_VARIANT_TYPE_FLOAT) && number;
}

static void unpack(const gd_variant *from, GDExtensionVariantType wanted, raw *to) {
    GDExtensionVariantType given = gd.variant_get_type(from);
    gd_from_variant(given, from, to);
    if (given == wanted)
        return;
    if (wanted == GDEXTENSION_VARIANT_TYPE_INT)
        to->number = (int64_t)to->real;
    else
        to->real = (double)to->number;
}

static void fill_default(const gd_argument *argument, raw *to) {
    gd_make_empty(argument->type, to);
    if (argument->type == GDEXTENSION_VARIANT_TYPE_INT)
        to->number = argument->number;
}

static bool check_call(const gd_method *method, const GDExtensionConstVariantPtr *arguments, int64_t count,
                       GDExtensionCallError *error) {
    int needed = method->argument_count;
    while (needed > 0 && method->arguments[needed - 1].optional)
        needed--;
    if (count < needed || count > method->argument_count) {
        error->error = GDEXTENSION_CALL_ERROR_TOO_MANY_ARGUMENTS;
        if (count < needed)
            error->error = GDEXTENSION_CALL_ERROR_TOO_FEW_ARGUMENTS;
        error->expected = count < needed ? needed : method->argument_count;
        return false;
    }
    for (int i = 0; i < count; i++) {
        if (fits(gd.variant_get_type(arguments[i]), method->arguments[i].type))
            continue;
        error->error = GDEXTENSION_CALL_ERROR_INVALID_ARGUMENT;
        error->argument = i;
        error->expected = (int32_t)method->arguments[i].type;
        return false;
    }
    error->error = GDEXTENSION_CALL_OK;
    return true;
}

static void call_variants(void *userdata, GDExtensionClassInstancePtr self, const GDExtensionConstVariantPtr *arguments,
                          GDExtensionInt count, GDExtensionVariantPtr result, GDExtensionCallError *error) {
    const gd_method *method = userdata;
    gd.variant_new_nil(result);
    if (!check_call(method, arguments, count, error))
        return;
    raw values[GD_ARGUMENTS_MAX], returned;
    const void *pointers[GD_ARGUMENTS_MAX];
    for (int i = 0; i < method->argument_count; i++) {
        if (i < count)
            unpack(arguments[i], method->arguments[i].type, &values[i]);
        else
            fill_default(&method->arguments[i], &values[i]);
        pointers[i] = &values[i];
    }
    if (method->result != GDEXTENSION_VARIANT_TYPE_NIL)
        gd_make_empty(method->result, &returned);
    method->function(self, pointers, &returned);
    if (method->result != GDEXTENSION_VARIANT_TYPE_NIL) {
        gd_to_variant(method->result, &returned, result);
        gd_end(method->result, &returned);
    }
    for (int i = 0; i < method->argument_count; i++)
        gd_end(method->arguments[i].type, &values[i]);
}

/* ---- virtuals ---- */

static void *find_virtual(void *userdata, GDExtensionConstStringNamePtr name) {
    registered *class = userdata;
    for (int i = 0; i < class->of->virtual_count; i++)
        if (gd_name_is(name, &class->virtuals[i]))
            return (void *)(uintptr_t)&class->of->virtuals[i];
    return NULL;
}

static void call_virtual(GDExtensionClassInstancePtr self, GDExtensionConstStringNamePtr name, void *found,
                         const GDExtensionConstTypePtr *arguments, GDExtensionTypePtr result) {
    (void)name;
    ((const gd_virtual *)found)->function(self, arguments, result);
}

/* ---- registration ---- */

static GDExtensionPropertyInfo property(const gd_argument *of, gd_name *name, gd_name *class_name, gd_string *hint) {
    *name = gd_name_of(of->name);
    *class_name = gd_name_of("");
    *hint = gd_string_of("", 0);
    GDExtensionPropertyInfo info = {0};
    info.type = of->type;
    info.name = name;
    info.class_name = class_name;
    info.hint_string = hint;
    info.usage = PROPERTY_USAGE_DEFAULT;
    return info;
}

typedef struct properties {
    GDExtensionPropertyInfo infos[GD_ARGUMENTS_MAX + 1];
    gd_name names[GD_ARGUMENTS_MAX + 1], classes[GD_ARGUMENTS_MAX + 1];
    gd_string hints[GD_ARGUMENTS_MAX + 1];
} properties;

static void make_properties(properties *made, const gd_argument *arguments, int count, GDExtensionVariantType result) {
    const gd_argument returned = {.name = "", .type = result};
    for (int i = 0; i <= count; i++) {
        const gd_argument *of = i < count ? &arguments[i] : &returned;
        made->infos[i] = property(of, &made->names[i], &made->classes[i], &made->hints[i]);
    }
}

static void end_properties(properties *made, int count) {
    for (int i = 0; i <= count; i++) {
        gd_name_end(&made->names[i]);
        gd_name_end(&made->classes[i]);
        gd_string_end(&made->hints[i]);
    }
}

static int make_defaults(const gd_method *method, gd_variant *variants, GDExtensionVariantPtr *pointers) {
    int count = 0;
    for (int i = 0; i < method->argument_count; i++) {
        const gd_argument *argument = &method->arguments[i];
        if (!argument->optional)
            continue;
        raw value;
        fill_default(argument, &value);
        gd_to_variant(argument->type, &value, &variants[count]);
        gd_end(argument->type, &value);
        pointers[count] = &variants[count];
        count++;
    }
    return count;
}

static void register_method(registered *class, const gd_method *method) {
    properties made;
    make_properties(&made, method->arguments, method->argument_count, method->result);
    gd_variant variants[GD_ARGUMENTS_MAX];
    GDExtensionVariantPtr defaults[GD_ARGUMENTS_MAX];
    GDExtensionClassMethodArgumentMetadata metadata[GD_ARGUMENTS_MAX] = {0};
    gd_name name = gd_name_of(method->name);
    GDExtensionClassMethodInfo info = {0};
    info.name = &name;
    info.method_userdata = (void *)(uintptr_t)method;
    info.call_func = call_variants;
    info.ptrcall_func = call_raw;
    info.method_flags = GDEXTENSION_METHOD_FLAGS_DEFAULT;
    info.has_return_value = method->result != GDEXTENSION_VARIANT_TYPE_NIL;
    info.return_value_info = &made.infos[method->argument_count];
    info.argument_count = (uint32_t)method->argument_count;
    info.arguments_info = made.infos;
    info.arguments_metadata = metadata;
    info.default_argument_count = (uint32_t)make_defaults(method, variants, defaults);
    info.default_arguments = defaults;
    gd.classdb_register_extension_class_method(gd_library, &class->name, &info);
    for (uint32_t i = 0; i < info.default_argument_count; i++)
        gd_variant_end(&variants[i]);
    gd_name_end(&name);
    end_properties(&made, method->argument_count);
}

static void register_signal(registered *class, const gd_signal *signal) {
    properties made;
    make_properties(&made, signal->arguments, signal->argument_count, GDEXTENSION_VARIANT_TYPE_NIL);
    gd_name name = gd_name_of(signal->name);
    gd.classdb_register_extension_class_signal(gd_library, &class->name, &name, made.infos, signal->argument_count);
    gd_name_end(&name);
    end_properties(&made, signal->argument_count);
}

static void register_constant(registered *class, const gd_constant *constant) {
    gd_name enumeration = gd_name_of(constant->enumeration), name = gd_name_of(constant->name);
    gd.classdb_register_extension_class_integer_constant(gd_library, &class->name, &enumeration, &name, constant->value,
                                                         0);
    gd_name_end(&enumeration);
    gd_name_end(&name);
}

static registered *place_of(const gd_class *of) {
    for (int i = 0; i < CLASSES_MAX; i++)
        if (classes[i].of == of)
            return &classes[i];
    return NULL;
}

void gd_register(const gd_class *of) {
    registered *class = place_of(NULL);
    class->of = of;
    class->name = gd_name_of(of->name);
    class->base = gd_name_of(of->base);
    for (int i = 0; i < of->virtual_count; i++)
        class->virtuals[i] = gd_name_of(of->virtuals[i].name);
    GDExtensionClassCreationInfo3 info = {0};
    info.is_exposed = 1;
    info.class_userdata = class;
    info.create_instance_func = create;
    info.free_instance_func = end;
    if (of->virtual_count) {
        info.get_virtual_call_data_func = find_virtual;
        info.call_virtual_with_data_func = call_virtual;
    }
    gd.classdb_register_extension_class3(gd_library, &class->name, &class->base, &info);
    for (int i = 0; i < of->method_count; i++)
        register_method(class, &of->methods[i]);
    for (int i = 0; i < of->signal_count; i++)
        register_signal(class, &of->signals[i]);
    for (int i = 0; i < of->constant_count; i++)
        register_constant(class, &of->constants[i]);
}

void gd_unregister(const gd_class *of) {
    registered *class = place_of(of);
    gd.classdb_unregister_extension_class(gd_library, &class->name);
    for (int i = 0; i < of->virtual_count; i++)
        gd_name_end(&class->virtuals[i]);
    gd_name_end(&class->name);
    gd_name_end(&class->base);
    memset(class, 0, sizeof *class);
}
