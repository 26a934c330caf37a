/* The runtime folder: where it is, and whether it is whole and of this release. Never looked for by the current folder,
 * PATH or any variable: only where the host said, or beside this library.
 *
 * Every listed file must be there with its size. Hashes are for the build's own check; reading all files would cost
 * more than starting.
 */
#include "inside.h"

#include <string.h>

enum { LINE_BYTES = 8192, HASH_DIGITS = 16 };

static char given[FN_FOLDER_BYTES]; /* by the host; under fn_global */

typedef struct report {
    char *error;
    size_t error_bytes;
    const char *folder;
} report;

typedef struct manifest {
    bool version_seen, hash_seen, file_seen, end_seen;
} manifest;

FastNetResult fn_runtime_folder_set(const char *path) {
    if (!path[0])
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "the path is empty; give the folder fastnet_runtime itself");
    if (!fn_runtime_is_fresh())
        return fn_fail(FASTNET_ERROR_BUSY,
                       "the runtime was started already; set its folder before the first init, open,"
                       " connect or create");
    fn_acquire(&fn_global);
    (void)snprintf(given, sizeof given, "%s", path);
    fn_release(&fn_global);
    return FASTNET_OK;
}

static bool complain(const report *to, const char *what, const char *name) {
    (void)snprintf(to->error, to->error_bytes,
                   "the runtime folder %s %s%s; copy the folder fastnet_runtime of the same"
                   " release (" FASTNET_VERSION_STRING ") beside %s, or name its place with fastnet_runtime_folder_set",
                   to->folder, what, name, fn_library_name);
    return false;
}

/* The text between quotes behind `"key": `, cut out of the line; NULL if it is not there. */
static char *text_value(char *line, const char *key) {
    char *at = strstr(line, key);
    at = at ? strchr(at + strlen(key), '"') : NULL;
    char *end = at ? strchr(at + 1, '"') : NULL;
    if (!end || memchr(at, '\\', (size_t)(end - at)))
        return NULL;
    *end = 0;
    return at + 1;
}

static bool check_version(const report *to, char *line) {
    const char *version = text_value(line, "\"library_version\":");
    if (version && strcmp(version, FASTNET_VERSION_STRING) == 0)
        return true;
    return complain(to, "is of version ", version ? version : "unknown");
}

static bool check_hash(const report *to, char *line) {
    char ours[HASH_DIGITS + 1];
    (void)snprintf(ours, sizeof ours, "%016llx", (unsigned long long)FASTNET_ABI_HASH);
    const char *hash = text_value(line, "\"abi_hash\":");
    if (hash && strncmp(hash, "0x", 2) == 0)
        hash += 2;
    if (hash && strcmp(hash, ours) == 0)
        return true;
    return complain(to, "is of another build, with ABI hash ", hash ? hash : "unknown");
}

static bool check_file(const report *to, char *line) {
    const char *bytes = strstr(line, "\"bytes\": ");
    uint64_t expected = bytes ? strtoull(bytes + strlen("\"bytes\": "), NULL, 10) : 0;
    const char *name = text_value(line, "\"path\":");
    char path[FN_FOLDER_BYTES + LINE_BYTES];
    if (!name || !bytes)
        return complain(to, "has a damaged ", "runtime.json");
    (void)snprintf(path, sizeof path, "%s/%s", to->folder, name);
    uint64_t found = fn_file_size(path);
    if (found == FN_NO_FILE)
        return complain(to, "lacks the file ", name);
    return found == expected || complain(to, "has a damaged file, of the wrong size: ", name);
}

static bool check_line(const report *to, manifest *seen, char *line) {
    if (strstr(line, "\"library_version\":"))
        return seen->version_seen = check_version(to, line);
    if (strstr(line, "\"abi_hash\":"))
        return seen->hash_seen = check_hash(to, line);
    if (strstr(line, "\"path\":"))
        return seen->file_seen = check_file(to, line);
    seen->end_seen = seen->end_seen || line[0] == '}';
    return true;
}

static bool check_lines(const report *to, FILE *file) {
    manifest seen = {0};
    char line[LINE_BYTES];
    while (fgets(line, sizeof line, file))
        if (!check_line(to, &seen, line))
            return false;
    if (seen.version_seen && seen.hash_seen && seen.file_seen && seen.end_seen)
        return true;
    return complain(to, "has a damaged ", "runtime.json");
}

static bool check_folder(const report *to) {
    char path[FN_FOLDER_BYTES + 32];
    if (!fn_is_folder(to->folder))
        return complain(to, "is not there", "");
    (void)snprintf(path, sizeof path, "%s/runtime.json", to->folder);
    FILE *file = fn_file_open(path);
    if (!file)
        return complain(to, "has no readable ", "runtime.json");
    bool good = check_lines(to, file);
    (void)fclose(file);
    return good;
}

static bool choose(char folder[FN_FOLDER_BYTES]) {
    fn_acquire(&fn_global);
    bool chosen = given[0] != 0;
    memcpy(folder, given, FN_FOLDER_BYTES);
    fn_release(&fn_global);
    if (chosen)
        return true;
    char own[FN_FOLDER_BYTES];
    if (!fn_own_folder(own, sizeof own))
        return false;
    return snprintf(folder, FN_FOLDER_BYTES, "%s/fastnet_runtime", own) < FN_FOLDER_BYTES;
}

bool fn_folder_find(char folder[FN_FOLDER_BYTES], char *error, size_t error_bytes) {
    if (!choose(folder)) {
        (void)snprintf(error, error_bytes,
                       "%s cannot find out where it lies; name the place of the folder fastnet_runtime"
                       " with fastnet_runtime_folder_set",
                       fn_library_name);
        return false;
    }
    report to = {error, error_bytes, folder};
    return check_folder(&to);
}
