/* The engine as the addon sees it: its functions by name, its values by size, and what converts between both worlds.
 *
 * Rule 1: opaque values are byte arrays of the engine's sizes; whoever makes one destroys it.
 * Rule 2: all of this is for the thread that the engine calls us on.
 */
#ifndef FASTNET_GODOT_GD_H
#define FASTNET_GODOT_GD_H

#include <stdbool.h>

#include "gdextension.gen.h"

typedef struct { _Alignas(8) uint8_t opaque[GD_SIZE_STRINGNAME]; } gd_name;
typedef struct { _Alignas(8) uint8_t opaque[GD_SIZE_STRING]; } gd_string;
typedef struct { _Alignas(8) uint8_t opaque[GD_SIZE_DICTIONARY]; } gd_dictionary;
typedef struct { _Alignas(8) uint8_t opaque[GD_SIZE_ARRAY]; } gd_array;
typedef struct { _Alignas(8) uint8_t opaque[GD_SIZE_PACKEDBYTEARRAY]; } gd_bytes;
typedef struct { _Alignas(8) uint8_t opaque[GD_SIZE_PACKEDINT64ARRAY]; } gd_integers;
typedef struct { _Alignas(8) uint8_t opaque[GD_SIZE_PACKEDSTRINGARRAY]; } gd_strings;
typedef struct { _Alignas(8) uint8_t opaque[GD_SIZE_VARIANT]; } gd_variant;

/* Godot's Error, as far as we use it: core/error/error_list.h. */
typedef enum gd_error {
    GD_OK = 0,
    GD_FAILED = 1,
    GD_ERR_UNAVAILABLE = 2,
    GD_ERR_UNCONFIGURED = 3,
    GD_ERR_UNAUTHORIZED = 4,
    GD_ERR_OUT_OF_MEMORY = 6,
    GD_ERR_FILE_NOT_FOUND = 7,
    GD_ERR_ALREADY_IN_USE = 22,
    GD_ERR_TIMEOUT = 24,
    GD_ERR_CANT_CONNECT = 25,
    GD_ERR_CANT_RESOLVE = 26,
    GD_ERR_CONNECTION_ERROR = 27,
    GD_ERR_INVALID_PARAMETER = 31,
    GD_ERR_DOES_NOT_EXIST = 33,
    GD_ERR_BUSY = 44,
} gd_error;

/* Every engine function of tools/functions.txt, under its own name. */
typedef struct gd_engine {
#define FIELD(type, name) type name;
    GD_FUNCTIONS(FIELD)
#undef FIELD
} gd_engine;
extern gd_engine gd;
extern GDExtensionClassLibraryPtr gd_library;

/* False, after a line in the log, when this engine lacks a function. */
bool gd_load(GDExtensionInterfaceGetProcAddress get_proc_address, GDExtensionClassLibraryPtr library);
/* After the engine's classes exist. */
void gd_start(void);

gd_name gd_name_of(const char *text);
void gd_name_end(gd_name *name);
bool gd_name_is(GDExtensionConstStringNamePtr left, const gd_name *right); /* StringNames are interned */

gd_string gd_string_of(const char *text, int64_t length);
void gd_string_end(gd_string *string);
/* A malloc'ed UTF-8 copy; NULL when memory is out. */
char *gd_string_utf8(const gd_string *string);
/* The String, or the text of the StringName, in a Variant. False: it is neither. */
bool gd_string_from(const gd_variant *variant, gd_string *to);

gd_bytes gd_bytes_of(const uint8_t *data, int64_t length);
int64_t gd_bytes_length(const gd_bytes *bytes);
const uint8_t *gd_bytes_data(const gd_bytes *bytes); /* NULL when empty */
void gd_bytes_end(gd_bytes *bytes);

/* An empty value of a type at `to`; the end of one. Plain types need neither. */
void gd_make_empty(GDExtensionVariantType type, void *to);
void gd_end(GDExtensionVariantType type, void *value);
void gd_to_variant(GDExtensionVariantType type, void *from, gd_variant *to);
/* `from` must hold exactly `type`. */
void gd_from_variant(GDExtensionVariantType type, const gd_variant *from, void *to);
void gd_variant_end(gd_variant *variant);

/* dictionary[key] = value */
void gd_set_int(gd_dictionary *dictionary, const char *key, int64_t value);
void gd_set_float(gd_dictionary *dictionary, const char *key, double value);

gd_array gd_dictionary_keys(const gd_dictionary *dictionary);
int64_t gd_list_length(GDExtensionVariantType type, const void *list); /* of an Array or PackedStringArray */
int64_t gd_integers_resize(gd_integers *integers, int64_t length);

/* Emit `signal` of `object` with `count` Variants, which are ended. */
void gd_emit(GDExtensionObjectPtr object, const gd_name *signal, gd_variant *arguments, int count);

void gd_print_error(const char *text);
void gd_print_warning(const char *text);

#endif
