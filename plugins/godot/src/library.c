/* The C library beside the addon. See library.h. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include "library.h"

#include <stdio.h>
#include <string.h>

#ifdef _WIN32
#include <windows.h>
#define LIBRARY_NAME "fastnet.dll"
#define SEPARATOR '\\'
#else
#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#ifdef __APPLE__
#define LIBRARY_NAME "libfastnet.dylib"
#else
#define LIBRARY_NAME "libfastnet.so"
#endif
#define SEPARATOR '/'
#endif

enum { PATH_BYTES = 4096 };

fastnet_api fastnet;
static bool there;
static char problem[PATH_BYTES + 512] = "the FastNet library was not loaded";

#ifdef _WIN32
/* The path of this very module; UTF-8. */
static bool own_path(char *path, size_t capacity) {
    HMODULE module;
    wchar_t wide[PATH_BYTES];
    DWORD flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    if (!GetModuleHandleExW(flags, (LPCWSTR)(void *)&fastnet, &module))
        return false;
    DWORD length = GetModuleFileNameW(module, wide, PATH_BYTES);
    return length && length < PATH_BYTES && WideCharToMultiByte(CP_UTF8, 0, wide, -1, path, (int)capacity, NULL, NULL);
}

static void *open_library(const char *path) {
    wchar_t wide[PATH_BYTES];
    if (!MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, PATH_BYTES))
        return NULL;
    return (void *)LoadLibraryExW(wide, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
}

static void (*symbol(void *library, const char *name))(void) {
    return (void (*)(void))GetProcAddress((HMODULE)library, name);
}

static const char *system_text(void) {
    static char text[64];
    snprintf(text, sizeof text, "Windows error %lu", GetLastError());
    return text;
}
#else
static bool own_path(char *path, size_t capacity) {
    Dl_info info;
    char real[PATH_MAX];
    if (!dladdr((void *)&fastnet, &info) || !realpath(info.dli_fname, real))
        return false;
    return (size_t)snprintf(path, capacity, "%s", real) < capacity;
}

static void *open_library(const char *path) {
    return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

static void (*symbol(void *library, const char *name))(void) {
    void (*found)(void);
    *(void **)&found = dlsym(library, name);
    return found;
}

static const char *system_text(void) {
    const char *text = dlerror();
    return text ? text : "no reason given";
}
#endif

static bool fill_table(void *library, const char *path) {
#define FETCH(field, name)                                                                                            \
    do {                                                                                                              \
        void (*found)(void) = symbol(library, #name);                                                                 \
        if (!found) {                                                                                                 \
            snprintf(problem, sizeof problem, "%s has no %s: copy the whole addon of one release", path, #name);      \
            return false;                                                                                             \
        }                                                                                                             \
        memcpy(&fastnet.field, &found, sizeof found);                                                                 \
    } while (0);
    FASTNET_FUNCTIONS(FETCH)
#undef FETCH
    return true;
}

bool library_load(void) {
    char path[PATH_BYTES + sizeof LIBRARY_NAME];
    if (!own_path(path, PATH_BYTES)) {
        snprintf(problem, sizeof problem, "cannot find the addon's own folder");
        return false;
    }
    char *slash = strrchr(path, SEPARATOR);
    memcpy(slash ? slash + 1 : path, LIBRARY_NAME, sizeof LIBRARY_NAME);
    void *library = open_library(path);
    if (!library) {
        snprintf(problem, sizeof problem, "cannot load %s: %s; copy the whole folder addons/fastnet of one release",
                 path, system_text());
        return false;
    }
    if (!fill_table(library, path))
        return false;
    if (fastnet.abi_check(FASTNET_ABI_REVISION, FASTNET_ABI_HASH) != FASTNET_OK) {
        snprintf(problem, sizeof problem, "%s", fastnet.last_error());
        return false;
    }
    there = true;
    return true;
}

void library_unload(void) {
    if (there)
        fastnet.shutdown();
    there = false;
}

bool library_is_there(void) {
    return there;
}

const char *library_problem(void) {
    return problem;
}

gd_error error_of(FastNetResult result) {
    switch (result) {
        case FASTNET_OK: return GD_OK;
        case FASTNET_ERROR_INVALID_ARGUMENT:
        case FASTNET_ERROR_NO_CHANNEL:
        case FASTNET_ERROR_TOO_LARGE: return GD_ERR_INVALID_PARAMETER;
        case FASTNET_ERROR_NOT_CONNECTED: return GD_ERR_UNCONFIGURED;
        case FASTNET_ERROR_WOULD_BLOCK:
        case FASTNET_ERROR_BUSY: return GD_ERR_BUSY;
        case FASTNET_ERROR_TIMEOUT: return GD_ERR_TIMEOUT;
        case FASTNET_ERROR_RESOLVE: return GD_ERR_CANT_RESOLVE;
        case FASTNET_ERROR_ADDRESS_IN_USE: return GD_ERR_ALREADY_IN_USE;
        case FASTNET_ERROR_CERTIFICATE: return GD_ERR_UNAUTHORIZED;
        case FASTNET_ERROR_UNKNOWN_PEER: return GD_ERR_DOES_NOT_EXIST;
        case FASTNET_ERROR_CLOSED:
        case FASTNET_ERROR_INVALID_HANDLE: return GD_ERR_CONNECTION_ERROR;
        case FASTNET_ERROR_OUT_OF_MEMORY: return GD_ERR_OUT_OF_MEMORY;
        case FASTNET_ERROR_RUNTIME: return GD_ERR_UNAVAILABLE;
        case FASTNET_ERROR_REFUSED:
        case FASTNET_ERROR_SERVER_FULL:
        case FASTNET_ERROR_TLS:
        case FASTNET_ERROR_TCP_UNREACHABLE:
        case FASTNET_ERROR_UDP_UNREACHABLE: return GD_ERR_CANT_CONNECT;
        default: return GD_FAILED;
    }
}

gd_error keep_error(char *text, size_t capacity, FastNetResult result) {
    if (result != FASTNET_OK)
        snprintf(text, capacity, "%s", fastnet.last_error());
    return error_of(result);
}
