/* The engine as the addon sees it. See gd.h. */
#include "gd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TYPES = GDEXTENSION_VARIANT_TYPE_VARIANT_MAX, ARGUMENTS_MAX = 8 };

gd_engine gd;
GDExtensionClassLibraryPtr gd_library;

static GDExtensionVariantFromTypeConstructorFunc to_variant[TYPES];
static GDExtensionTypeFromVariantConstructorFunc from_variant[TYPES];
static GDExtensionPtrConstructor make_empty[TYPES];
static GDExtensionPtrDestructor destroy[TYPES];
static GDExtensionPtrBuiltInMethod bytes_size, bytes_resize, integers_resize, array_size, strings_size, dictionary_keys;
static GDExtensionMethodBindPtr emit_signal;

bool gd_load(GDExtensionInterfaceGetProcAddress get_proc_address, GDExtensionClassLibraryPtr library) {
    gd_library = library;
#define FETCH(type, name)                                                                                             \
    if (!(gd.name = (type)(void (*)(void))get_proc_address(#name))) {                                                 \
        fprintf(stderr, "FastNet: this engine lacks %s; Godot 4.3 or newer is needed\n", #name);                      \
        return false;                                                                                                 \
    }
    GD_FUNCTIONS(FETCH)
#undef FETCH
    return true;
}

static GDExtensionPtrBuiltInMethod builtin(GDExtensionVariantType type, const char *method, int64_t hash) {
    gd_name name = gd_name_of(method);
    GDExtensionPtrBuiltInMethod found = gd.variant_get_ptr_builtin_method(type, &name, hash);
    gd_name_end(&name);
    return found;
}

void gd_start(void) {
    static const GDExtensionVariantType used[] = {
        GDEXTENSION_VARIANT_TYPE_BOOL,       GDEXTENSION_VARIANT_TYPE_INT,
        GDEXTENSION_VARIANT_TYPE_FLOAT,      GDEXTENSION_VARIANT_TYPE_STRING,
        GDEXTENSION_VARIANT_TYPE_STRING_NAME, GDEXTENSION_VARIANT_TYPE_DICTIONARY,
        GDEXTENSION_VARIANT_TYPE_ARRAY,      GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY,
        GDEXTENSION_VARIANT_TYPE_PACKED_INT64_ARRAY, GDEXTENSION_VARIANT_TYPE_PACKED_STRING_ARRAY,
    };
    for (size_t i = 0; i < sizeof used / sizeof used[0]; i++) {
        GDExtensionVariantType type = used[i];
        to_variant[type] = gd.get_variant_from_type_constructor(type);
        from_variant[type] = gd.get_variant_to_type_constructor(type);
        make_empty[type] = gd.variant_get_ptr_constructor(type, 0);
        destroy[type] = gd.variant_get_ptr_destructor(type); /* NULL for plain types */
    }
    bytes_size = builtin(GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY, "size", GD_HASH_PACKEDBYTEARRAY_SIZE);
    bytes_resize = builtin(GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY, "resize", GD_HASH_PACKEDBYTEARRAY_RESIZE);
    integers_resize = builtin(GDEXTENSION_VARIANT_TYPE_PACKED_INT64_ARRAY, "resize", GD_HASH_PACKEDINT64ARRAY_RESIZE);
    array_size = builtin(GDEXTENSION_VARIANT_TYPE_ARRAY, "size", GD_HASH_ARRAY_SIZE);
    strings_size = builtin(GDEXTENSION_VARIANT_TYPE_PACKED_STRING_ARRAY, "size", GD_HASH_PACKEDSTRINGARRAY_SIZE);
    dictionary_keys = builtin(GDEXTENSION_VARIANT_TYPE_DICTIONARY, "keys", GD_HASH_DICTIONARY_KEYS);
    gd_name object = gd_name_of("Object"), method = gd_name_of("emit_signal");
    emit_signal = gd.classdb_get_method_bind(&object, &method, GD_HASH_OBJECT_EMIT_SIGNAL);
    gd_name_end(&object);
    gd_name_end(&method);
}

gd_name gd_name_of(const char *text) {
    gd_name name;
    gd.string_name_new_with_latin1_chars(&name, text, 0);
    return name;
}

void gd_name_end(gd_name *name) {
    gd.variant_get_ptr_destructor(GDEXTENSION_VARIANT_TYPE_STRING_NAME)(name);
}

bool gd_name_is(GDExtensionConstStringNamePtr left, const gd_name *right) {
    return memcmp(left, right, sizeof *right) == 0;
}

gd_string gd_string_of(const char *text, int64_t length) {
    gd_string string;
    gd.string_new_with_utf8_chars_and_len(&string, text, length);
    return string;
}

void gd_string_end(gd_string *string) {
    gd.variant_get_ptr_destructor(GDEXTENSION_VARIANT_TYPE_STRING)(string);
}

char *gd_string_utf8(const gd_string *string) {
    int64_t length = gd.string_to_utf8_chars(string, NULL, 0);
    char *text = malloc((size_t)length + 1);
    if (!text)
        return NULL;
    gd.string_to_utf8_chars(string, text, length);
    text[length] = 0;
    return text;
}

bool gd_string_from(const gd_variant *variant, gd_string *to) {
    enum { FROM_STRING_NAME = 2 }; /* the constructor of String; extension_api.json */
    GDExtensionVariantType type = gd.variant_get_type(variant);
    if (type == GDEXTENSION_VARIANT_TYPE_STRING)
        gd_from_variant(type, variant, to);
    if (type == GDEXTENSION_VARIANT_TYPE_STRING_NAME) {
        gd_name name;
        gd_from_variant(type, variant, &name);
        const void *arguments[1] = {&name};
        gd.variant_get_ptr_constructor(GDEXTENSION_VARIANT_TYPE_STRING, FROM_STRING_NAME)(to, arguments);
        gd_name_end(&name);
    }
    return type == GDEXTENSION_VARIANT_TYPE_STRING || type == GDEXTENSION_VARIANT_TYPE_STRING_NAME;
}

gd_bytes gd_bytes_of(const uint8_t *data, int64_t length) {
    gd_bytes bytes;
    int64_t ignored = 0;
    const void *arguments[1] = {&length};
    make_empty[GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY](&bytes, NULL);
    bytes_resize(&bytes, arguments, &ignored, 1);
    if (length > 0)
        memcpy(gd.packed_byte_array_operator_index(&bytes, 0), data, (size_t)length);
    return bytes;
}

int64_t gd_bytes_length(const gd_bytes *bytes) {
    int64_t length = 0;
    bytes_size((GDExtensionTypePtr)(uintptr_t)bytes, NULL, &length, 0);
    return length;
}

const uint8_t *gd_bytes_data(const gd_bytes *bytes) {
    return gd_bytes_length(bytes) ? gd.packed_byte_array_operator_index_const(bytes, 0) : NULL;
}

void gd_bytes_end(gd_bytes *bytes) {
    destroy[GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY](bytes);
}

void gd_make_empty(GDExtensionVariantType type, void *to) {
    make_empty[type](to, NULL);
}

void gd_end(GDExtensionVariantType type, void *value) {
    if (destroy[type])
        destroy[type](value);
}

void gd_to_variant(GDExtensionVariantType type, void *from, gd_variant *to) {
    to_variant[type](to, from);
}

void gd_from_variant(GDExtensionVariantType type, const gd_variant *from, void *to) {
    from_variant[type](to, (GDExtensionVariantPtr)(uintptr_t)from);
}

void gd_variant_end(gd_variant *variant) {
    gd.variant_destroy(variant);
}

static void set(gd_dictionary *dictionary, const char *key, GDExtensionVariantType type, void *value) {
    gd_string text = gd_string_of(key, (int64_t)strlen(key));
    gd_variant name;
    gd_to_variant(GDEXTENSION_VARIANT_TYPE_STRING, &text, &name);
    gd_variant *place = gd.dictionary_operator_index(dictionary, &name);
    gd_variant_end(place);
    gd_to_variant(type, value, place);
    gd_variant_end(&name);
    gd_string_end(&text);
}

void gd_set_int(gd_dictionary *dictionary, const char *key, int64_t value) {
    set(dictionary, key, GDEXTENSION_VARIANT_TYPE_INT, &value);
}

void gd_set_float(gd_dictionary *dictionary, const char *key, double value) {
    set(dictionary, key, GDEXTENSION_VARIANT_TYPE_FLOAT, &value);
}

gd_array gd_dictionary_keys(const gd_dictionary *dictionary) {
    gd_array keys;
    gd_make_empty(GDEXTENSION_VARIANT_TYPE_ARRAY, &keys);
    dictionary_keys((GDExtensionTypePtr)(uintptr_t)dictionary, NULL, &keys, 0);
    return keys;
}

int64_t gd_list_length(GDExtensionVariantType type, const void *list) {
    int64_t length = 0;
    GDExtensionPtrBuiltInMethod size = type == GDEXTENSION_VARIANT_TYPE_ARRAY ? array_size : strings_size;
    size((GDExtensionTypePtr)(uintptr_t)list, NULL, &length, 0);
    return length;
}

int64_t gd_integers_resize(gd_integers *integers, int64_t length) {
    int64_t error = 0;
    const void *arguments[1] = {&length};
    integers_resize(integers, arguments, &error, 1);
    return error;
}

void gd_emit(GDExtensionObjectPtr object, const gd_name *signal, gd_variant *arguments, int count) {
    gd_variant name, result;
    gd_to_variant(GDEXTENSION_VARIANT_TYPE_STRING_NAME, (void *)(uintptr_t)signal, &name);
    GDExtensionConstVariantPtr pointers[ARGUMENTS_MAX + 1] = {&name};
    for (int i = 0; i < count; i++)
        pointers[i + 1] = &arguments[i];
    GDExtensionCallError error;
    gd.object_method_bind_call(emit_signal, object, pointers, count + 1, &result, &error);
    gd_variant_end(&result);
    gd_variant_end(&name);
    for (int i = 0; i < count; i++)
        gd_variant_end(&arguments[i]);
}

void gd_print_error(const char *text) {
    gd.print_error_with_message("FastNet", text, "FastNet", "FastNet", 0, 0);
}

void gd_print_warning(const char *text) {
    gd.print_warning_with_message("FastNet", text, "FastNet", "FastNet", 0, 0);
}
