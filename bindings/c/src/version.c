/* Which library this is, and whether a binding was printed for it. */
#include "inside.h"

uint32_t fn_version(void) {
    return (uint32_t)FASTNET_VERSION_MAJOR << 16 | (uint32_t)FASTNET_VERSION_MINOR << 8 | FASTNET_VERSION_PATCH;
}

const char *fn_version_string(void) {
    return FASTNET_VERSION_STRING;
}

/* Revisions only add, so a binding of an older one fits, if it was printed from what that revision really was. */
FastNetResult fn_abi_check(uint32_t revision, uint64_t hash) {
    if (revision == 0)
        return fn_fail(FASTNET_ERROR_ABI_MISMATCH, "the binding gives revision 0; pass FASTNET_ABI_REVISION and"
                                                   " FASTNET_ABI_HASH of its header");
    if (revision > FASTNET_ABI_REVISION)
        return fn_failf(FASTNET_ERROR_ABI_MISMATCH,
                        "the library is older than the binding (revision %u, binding %u);"
                        " replace the library by that of the binding's release",
                        (unsigned)FASTNET_ABI_REVISION, (unsigned)revision);
    if (hash != fn_abi_hash(revision))
        return fn_failf(FASTNET_ERROR_ABI_MISMATCH,
                        "library and binding are of different builds of revision %u (hash"
                        " %016llx, binding %016llx); take both from one release",
                        (unsigned)revision, (unsigned long long)fn_abi_hash(revision), (unsigned long long)hash);
    return FASTNET_OK;
}

uint64_t fn_time_us(void) {
    return fn_clock_us();
}
