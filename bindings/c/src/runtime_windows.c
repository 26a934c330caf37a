/* Finding, loading and ending on Windows. The C runtime of a DLL calls exit handlers when the loader detaches it, and
 * by then all other threads were killed: programs that want goodbyes sent call `fastnet_shutdown`.
 */
#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include "inside.h"

#include <sys/stat.h>
#include <wchar.h>

const char fn_library_name[] = "fastnet.dll";
enum { WIDE_MAX = FN_FOLDER_BYTES + 256 };

static bool widen(const char *path, wchar_t *wide) {
    return MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, wide, WIDE_MAX) > 0;
}

bool fn_own_folder(char *to, size_t to_bytes) {
    HMODULE own;
    wchar_t wide[WIDE_MAX];
    DWORD flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN;
    if (!GetModuleHandleExW(flags, (LPCWSTR)(const void *)fn_library_name, &own))
        return false;
    DWORD length = GetModuleFileNameW(own, wide, WIDE_MAX);
    wchar_t *slash = length > 0 && length < WIDE_MAX ? wcsrchr(wide, L'\\') : NULL;
    if (!slash)
        return false;
    *slash = 0;
    return WideCharToMultiByte(CP_UTF8, 0, wide, -1, to, (int)to_bytes, NULL, NULL) > 0;
}

uint64_t fn_file_size(const char *path) {
    wchar_t wide[WIDE_MAX];
    struct _stat64 facts;
    bool found = widen(path, wide) && _wstat64(wide, &facts) == 0 && (facts.st_mode & S_IFREG) != 0;
    return found ? (uint64_t)facts.st_size : FN_NO_FILE;
}

bool fn_is_folder(const char *path) {
    wchar_t wide[WIDE_MAX];
    struct _stat64 facts;
    return widen(path, wide) && _wstat64(wide, &facts) == 0 && (facts.st_mode & S_IFDIR) != 0;
}

FILE *fn_file_open(const char *path) {
    wchar_t wide[WIDE_MAX];
    return widen(path, wide) ? _wfopen(wide, L"rb") : NULL;
}

/* Only the core's own folder and the system's are searched for what it needs. Pinned: it is never unloaded. */
fn_core_main fn_core_load(const char *folder, char *error, size_t error_bytes) {
    char path[FN_FOLDER_BYTES + 32];
    wchar_t wide[WIDE_MAX];
    (void)snprintf(path, sizeof path, "%s\\fastnet_core.dll", folder);
    for (char *at = path; *at; at++)
        if (*at == '/')
            *at = '\\'; /* LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR wants a full path with backslashes. */
    HMODULE core = NULL, pinned;
    if (widen(path, wide))
        core = LoadLibraryExW(wide, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    DWORD code = GetLastError();
    fn_core_main found = NULL;
    if (core) {
        GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                           (LPCWSTR)(void *)core, &pinned);
        FARPROC address = GetProcAddress(core, FN_CORE_MAIN);
        memcpy(&found, &address, sizeof found);
    }
    if (!found)
        (void)snprintf(error, error_bytes,
                       "the core %s cannot be loaded (Windows error %lu); reinstall the folder"
                       " fastnet_runtime of release " FASTNET_VERSION_STRING,
                       path, (unsigned long)code);
    return found;
}

void fn_at_fork(void (*before)(void), void (*parent)(void), void (*child)(void)) {
    (void)before;
    (void)parent;
    (void)child;
}

bool fn_at_exit(void (*action)(void)) {
    return atexit(action) == 0;
}

/* Set by ntdll when the process ends, before DLLs are detached. */
bool fn_threads_are_gone(void) {
    typedef BOOLEAN(NTAPI * query)(void);
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
    FARPROC address = ntdll ? GetProcAddress(ntdll, "RtlDllShutdownInProgress") : NULL;
    query ask;
    memcpy(&ask, &address, sizeof ask);
    return ask && ask();
}
#endif
