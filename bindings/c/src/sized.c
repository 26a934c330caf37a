/* Structs that begin with their own size: caller and library may know different revisions of them. */
#include "inside.h"

#include <string.h>

enum { STRUCT_BYTES_MAX = 65536 }; /* No revision comes near; a garbage size must not make us read or write on. */

static uint32_t size_of(const void *given) {
    uint32_t size;
    memcpy(&size, given, sizeof size);
    return size;
}

static FastNetResult check(uint32_t size, uint32_t first_size) {
    if (size < first_size)
        return fn_failf(FASTNET_ERROR_STRUCT_SIZE,
                        "struct_size is %u and must be at least %u; set it to sizeof, or call"
                        " the config_init function",
                        (unsigned)size, (unsigned)first_size);
    if (size > STRUCT_BYTES_MAX)
        return fn_failf(FASTNET_ERROR_STRUCT_SIZE, "struct_size is %u, which no revision has; set it to sizeof",
                        (unsigned)size);
    return FASTNET_OK;
}

FastNetResult fn_sized_in(const void *given, void *full, uint32_t full_size, uint32_t first_size) {
    uint32_t size = size_of(given);
    FastNetResult result = check(size, first_size);
    if (result != FASTNET_OK)
        return result;
    const uint8_t *bytes = given;
    for (uint32_t i = full_size; i < size; i++)
        if (bytes[i] != 0)
            return fn_fail(FASTNET_ERROR_STRUCT_SIZE,
                           "the struct has fields that this library does not know and that are"
                           " not zero; update the library, or leave them zero");
    memset(full, 0, full_size);
    memcpy(full, given, size < full_size ? size : full_size);
    memcpy(full, &full_size, sizeof full_size);
    return FASTNET_OK;
}

FastNetResult fn_sized_out_check(const void *given, uint32_t first_size) {
    return check(size_of(given), first_size);
}

void fn_sized_out(void *given, const void *full, uint32_t full_size) {
    uint32_t size = size_of(given);
    memcpy(given, full, size < full_size ? size : full_size);
    memcpy(given, &size, sizeof size);
}

FastNetResult fn_sized_init(void *given, uint32_t size) {
    memset(given, 0, size);
    memcpy(given, &size, sizeof size);
    return FASTNET_OK;
}
