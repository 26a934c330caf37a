/* The options Dictionary. See options.h. Rule: an unknown key or a wrong type is an error, never passed over. */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum kind { NUMBER, NUMBER_OR_NEVER, BIG_NUMBER, TEXT, PEM, PINS, BYTES, FLAG, FLAG_OFF } kind;

/* One key: where its value goes in the config, and for PEM and bytes where the length goes and the path. */
typedef struct option {
    const char *key;
    kind kind;
    size_t offset, length, path;
    uint32_t flag;
} option;

#define C(field) offsetof(FastNetClientConfig, field)
#define S(field) offsetof(FastNetServerConfig, field)
static const option client_options[] = {
    {"ca", PEM, C(ca_pem), C(ca_pem_len), C(ca_path), 0},
    {"pins", PINS, C(pins), C(pin_count), 0, 0},
    {"danger_accept_any_certificate", FLAG, C(flags), 0, 0, FASTNET_CLIENT_DANGER_ACCEPT_ANY_CERTIFICATE},
    {"use_development_ca", FLAG_OFF, C(flags), 0, 0, FASTNET_CLIENT_NO_DEV_CA},
    {"manual_flush", FLAG, C(flags), 0, 0, FASTNET_CLIENT_MANUAL_FLUSH},
    {"server_name", TEXT, C(server_name), 0, 0, 0},
    {"token", BYTES, C(token), C(token_len), 0, 0},
    {"app_id", BIG_NUMBER, C(app_id), 0, 0, 0},
    {"open_timeout_ms", NUMBER, C(open_timeout_ms), 0, 0, 0},
    {"idle_timeout_ms", NUMBER_OR_NEVER, C(idle_timeout_ms), 0, 0, 0},
    {"keepalive_ms", NUMBER, C(keepalive_ms), 0, 0, 0},
    {"linger_ms", NUMBER_OR_NEVER, C(linger_ms), 0, 0, 0},
    {NULL, NUMBER, 0, 0, 0, 0},
};
static const option server_options[] = {
    {"certificate", PEM, S(cert_pem), S(cert_pem_len), S(cert_path), 0},
    {"private_key", PEM, S(key_pem), S(key_pem_len), S(key_path), 0},
    {"bind_address", TEXT, S(bind_address), 0, 0, 0},
    {"manual_flush", FLAG, S(flags), 0, 0, FASTNET_SERVER_MANUAL_FLUSH},
    {"peers_max", NUMBER, S(peers_max), 0, 0, 0},
    {"app_id", BIG_NUMBER, S(app_id), 0, 0, 0},
    {"handshake_timeout_ms", NUMBER, S(handshake_timeout_ms), 0, 0, 0},
    {"idle_timeout_ms", NUMBER_OR_NEVER, S(idle_timeout_ms), 0, 0, 0},
    {"keepalive_ms", NUMBER, S(keepalive_ms), 0, 0, 0},
    {"linger_ms", NUMBER_OR_NEVER, S(linger_ms), 0, 0, 0},
    {NULL, NUMBER, 0, 0, 0, 0},
};
#undef C
#undef S

typedef struct reading {
    options *kept;
    uint8_t *config;
    char *error;
    size_t capacity;
} reading;

static bool refuse(const reading *r, const char *key, const char *wanted) {
    snprintf(r->error, r->capacity, "option \"%s\" must be %s", key, wanted);
    return false;
}

static void put(const reading *r, size_t offset, const void *value, size_t size) {
    memcpy(r->config + offset, value, size);
}

static char *keep(options *kept, char *text) {
    if (text && kept->count < OPTION_TEXTS)
        return kept->texts[kept->count++] = text;
    free(text);
    return NULL;
}

char *options_text(options *kept, const gd_string *string) {
    return keep(kept, gd_string_utf8(string));
}

/* A malloc'ed copy of a String in a Variant, or NULL. */
static char *text_of(const reading *r, const gd_variant *value) {
    gd_string string;
    if (!gd_string_from(value, &string))
        return NULL;
    char *text = options_text(r->kept, &string);
    gd_string_end(&string);
    return text;
}

static bool read_number(const reading *r, const option *of, const gd_variant *value) {
    int64_t number = -2;
    if (gd.variant_get_type(value) == GDEXTENSION_VARIANT_TYPE_INT)
        gd_from_variant(GDEXTENSION_VARIANT_TYPE_INT, value, &number);
    if (of->kind == BIG_NUMBER) {
        if (gd.variant_get_type(value) != GDEXTENSION_VARIANT_TYPE_INT)
            return refuse(r, of->key, "an int");
        put(r, of->offset, &number, sizeof number);
        return true;
    }
    if (of->kind == NUMBER_OR_NEVER && number == -1)
        number = FASTNET_OFF;
    else if (number < 1 || number >= FASTNET_OFF)
        return refuse(r, of->key, of->kind == NUMBER ? "an int above 0" : "an int above 0, or -1 for none");
    uint32_t narrow = (uint32_t)number;
    put(r, of->offset, &narrow, sizeof narrow);
    return true;
}

static bool read_flag(const reading *r, const option *of, const gd_variant *value) {
    if (gd.variant_get_type(value) != GDEXTENSION_VARIANT_TYPE_BOOL)
        return refuse(r, of->key, "true or false");
    uint8_t on = 0;
    gd_from_variant(GDEXTENSION_VARIANT_TYPE_BOOL, value, &on);
    uint32_t flags;
    memcpy(&flags, r->config + of->offset, sizeof flags);
    if ((of->kind == FLAG) == (on != 0))
        flags |= of->flag;
    put(r, of->offset, &flags, sizeof flags);
    return true;
}

static bool read_text(const reading *r, const option *of, const gd_variant *value) {
    const char *text = text_of(r, value);
    if (!text || !*text)
        return refuse(r, of->key, "a String that is not empty");
    put(r, of->offset, &text, sizeof text);
    return true;
}

static bool read_pem(const reading *r, const option *of, const gd_variant *value) {
    const char *text = text_of(r, value);
    if (!text || !*text)
        return refuse(r, of->key, "PEM text, or the path of a PEM file");
    if (strstr(text, "-----BEGIN")) {
        uint32_t length = (uint32_t)strlen(text);
        put(r, of->offset, &text, sizeof text);
        put(r, of->length, &length, sizeof length);
        return true;
    }
    if (strncmp(text, "res://", 6) == 0 || strncmp(text, "user://", 7) == 0)
        return refuse(r, of->key, "PEM text or a path of the system: use FileAccess.get_file_as_string(path)");
    put(r, of->path, &text, sizeof text);
    return true;
}

static bool read_bytes(const reading *r, const option *of, const gd_variant *value) {
    if (gd.variant_get_type(value) != GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY)
        return refuse(r, of->key, "a PackedByteArray");
    gd_bytes bytes;
    gd_from_variant(GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY, value, &bytes);
    uint32_t length = (uint32_t)gd_bytes_length(&bytes);
    char *copy = keep(r->kept, malloc((size_t)length + 1));
    if (copy && length)
        memcpy(copy, gd_bytes_data(&bytes), length);
    gd_bytes_end(&bytes);
    if (!copy)
        return refuse(r, of->key, "smaller: memory is out");
    put(r, of->offset, &copy, sizeof copy);
    put(r, of->length, &length, sizeof length);
    return true;
}

/* ---- pins ---- */

static int base64_digit(char c) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* "sha256/" and 44 characters to 32 bytes. */
static bool decode_pin(const char *text, uint8_t *to) {
    if (strncmp(text, "sha256/", 7) != 0 || strlen(text) != 51 || text[50] != '=')
        return false;
    uint32_t bits = 0;
    int have = 0, written = 0;
    for (const char *at = text + 7; at < text + 50; at++) {
        int digit = base64_digit(*at);
        if (digit < 0)
            return false;
        bits = bits << 6 | (uint32_t)digit;
        have += 6;
        if (have >= 8 && written < 32) {
            have -= 8;
            to[written++] = (uint8_t)(bits >> have);
        }
    }
    return written == 32;
}

/* The pins of `value`, an Array or PackedStringArray, as text pointers. -1: it is neither, or holds something else. */
static int64_t pin_texts(const reading *r, const gd_variant *value, const char **texts, int64_t max) {
    GDExtensionVariantType type = gd.variant_get_type(value);
    if (type != GDEXTENSION_VARIANT_TYPE_ARRAY && type != GDEXTENSION_VARIANT_TYPE_PACKED_STRING_ARRAY)
        return -1;
    union { gd_array array; gd_strings strings; } list;
    gd_from_variant(type, value, &list);
    int64_t count = gd_list_length(type, &list);
    bool good = count >= 1 && count <= max;
    for (int64_t i = 0; good && i < count; i++) {
        if (type == GDEXTENSION_VARIANT_TYPE_ARRAY)
            texts[i] = text_of(r, gd.array_operator_index_const(&list, i));
        else
            texts[i] = options_text(r->kept, gd.packed_string_array_operator_index_const(&list, i));
        good = texts[i] != NULL;
    }
    gd_end(type, &list);
    return good ? count : -1;
}

static bool read_pins(const reading *r, const option *of, const gd_variant *value) {
    const char *texts[8];
    int64_t count = pin_texts(r, value, texts, 8);
    uint8_t *pins = (uint8_t *)keep(r->kept, calloc(8, 32));
    bool good = pins && count > 0;
    for (int64_t i = 0; good && i < count; i++)
        good = decode_pin(texts[i], pins + 32 * i);
    if (!good)
        return refuse(r, of->key, "1 to 8 Strings such as \"sha256/\" and 44 characters, as servers print them");
    uint32_t narrow = (uint32_t)count;
    put(r, of->offset, &pins, sizeof pins);
    put(r, of->length, &narrow, sizeof narrow);
    return true;
}

/* ---- all keys ---- */

static bool read_one(const reading *r, const option *of, const gd_variant *value) {
    switch (of->kind) {
        case NUMBER:
        case NUMBER_OR_NEVER:
        case BIG_NUMBER: return read_number(r, of, value);
        case TEXT: return read_text(r, of, value);
        case PEM: return read_pem(r, of, value);
        case PINS: return read_pins(r, of, value);
        case BYTES: return read_bytes(r, of, value);
        case FLAG:
        case FLAG_OFF: return read_flag(r, of, value);
    }
    return false;
}

static bool unknown_key(const reading *r, const option *table, const char *key) {
    size_t used = (size_t)snprintf(r->error, r->capacity, "option \"%s\" is unknown; there are", key);
    for (; table->key && used < r->capacity; table++)
        used += (size_t)snprintf(r->error + used, r->capacity - used, " %s", table->key);
    return false;
}

static bool read_key(const reading *r, const option *table, const gd_dictionary *dictionary, const gd_variant *key) {
    const char *name = text_of(r, key);
    if (!name)
        return refuse(r, "?", "named by a String");
    for (const option *of = table; of->key; of++)
        if (strcmp(of->key, name) == 0)
            return read_one(r, of, gd.dictionary_operator_index_const(dictionary, key));
    return unknown_key(r, table, name);
}

static bool read_all(const reading *r, const option *table, const gd_dictionary *dictionary) {
    gd_array keys = gd_dictionary_keys(dictionary);
    int64_t count = gd_list_length(GDEXTENSION_VARIANT_TYPE_ARRAY, &keys);
    bool good = true;
    for (int64_t i = 0; good && i < count; i++)
        good = read_key(r, table, dictionary, gd.array_operator_index_const(&keys, i));
    gd_end(GDEXTENSION_VARIANT_TYPE_ARRAY, &keys);
    return good;
}

bool options_for_client(options *kept, const gd_dictionary *dictionary, FastNetClientConfig *config, char *error,
                        size_t capacity) {
    const reading r = {kept, (uint8_t *)config, error, capacity};
    return read_all(&r, client_options, dictionary);
}

bool options_for_server(options *kept, const gd_dictionary *dictionary, FastNetServerConfig *config, char *error,
                        size_t capacity) {
    const reading r = {kept, (uint8_t *)config, error, capacity};
    return read_all(&r, server_options, dictionary);
}

void options_end(options *kept) {
    for (int i = 0; i < kept->count; i++)
        free(kept->texts[i]);
    kept->count = 0;
}
