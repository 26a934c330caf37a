/* Finding, loading, forking and ending on Linux and macOS. */
#ifndef _WIN32
#define _GNU_SOURCE 1 /* dladdr, RTLD_NODELETE */
#include "inside.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifdef __APPLE__
const char fn_library_name[] = "libfastnet.dylib";
static const char core_name[] = "fastnet_core.dylib";
#else
const char fn_library_name[] = "libfastnet.so";
static const char core_name[] = "fastnet_core.so";
#endif

bool fn_own_folder(char *to, size_t to_bytes) {
    Dl_info info;
    if (!dladdr((const void *)fn_library_name, &info) || !info.dli_fname)
        return false;
    char *path = realpath(info.dli_fname, NULL);
    char *slash = path ? strrchr(path, '/') : NULL;
    bool fits = slash && (size_t)(slash - path) < to_bytes;
    if (fits) {
        memcpy(to, path, (size_t)(slash - path));
        to[slash - path] = 0;
    }
    free(path);
    return fits;
}

uint64_t fn_file_size(const char *path) {
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISREG(facts.st_mode) ? (uint64_t)facts.st_size : FN_NO_FILE;
}

bool fn_is_folder(const char *path) {
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

FILE *fn_file_open(const char *path) {
    return fopen(path, "re");
}

/* Local, so that no other library sees the interpreter; never unloaded, for its threads and exit handlers stay. */
fn_core_main fn_core_load(const char *folder, char *error, size_t error_bytes) {
    char path[FN_FOLDER_BYTES + 32];
    (void)snprintf(path, sizeof path, "%s/%s", folder, core_name);
    void *core = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    fn_core_main found = NULL;
    if (core)
        *(void **)&found = dlsym(core, FN_CORE_MAIN);
    if (!found) {
        const char *why = dlerror();
        (void)snprintf(
            error, error_bytes,
            "the core cannot be loaded: %s; reinstall the folder fastnet_runtime of release " FASTNET_VERSION_STRING,
            why ? why : path);
    }
    return found;
}

void fn_at_fork(void (*before)(void), void (*parent)(void), void (*child)(void)) {
    pthread_atfork(before, parent, child);
}

bool fn_at_exit(void (*action)(void)) {
    return atexit(action) == 0;
}

bool fn_threads_are_gone(void) {
    return false;
}
#endif
