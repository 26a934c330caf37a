/* fastnet_core's way into the private interpreter: boots it once, never ends it.
 *
 * The order is the lesson (docs: embedding): a foreign interpreter is refused before it is touched; OpenSSL's first
 * call says that it must not clean up at exit, for the network thread outlives exit handlers, and must not read the
 * machine's openssl.cnf; the configuration is isolated, so no variable, user folder or locale of the host's is looked
 * at; the finder of extension modules runs before cffi, which imports one first of all, and nothing else does, for an
 * attribute of a capsule read before cffi starts would hang it.
 *
 * FN_DEVELOPMENT_PATHS (develop.py only): the search path, separated by ':', in place of the packed runtime.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#ifdef __GLIBC__
#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#endif
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core.h"
#include "core_modules.h"
#include "core_turn.h"
#ifdef FN_DEVELOPMENT_PATHS
#include <dlfcn.h>
#endif
#include "extfinder.h" /* EXTFINDER: extfinder.py as a string */

#ifdef _WIN32
#define FN_EXPORT __declspec(dllexport)
#else
#define FN_EXPORT __attribute__((visibility("default")))
#endif

#ifdef FN_DEVELOPMENT_PATHS
#define FN_OPTIMIZATION 0 /* What an ordinary interpreter left in __pycache__. */
#else
#define FN_OPTIMIZATION 2
#endif

static pthread_mutex_t boot_lock = PTHREAD_MUTEX_INITIALIZER;
static bool booted;
static char import_failure[FN_TEXT_BYTES];
static bool failed; /* A half-started interpreter is not tried again. */

static bool fail(fn_bridge *bridge, const char *what, const char *why) {
    (void)snprintf(bridge->error, sizeof bridge->error, "%s%s%s", what, why ? ": " : "", why ? why : "");
    return false;
}

#ifdef FN_DEVELOPMENT_PATHS
static PyStatus add_path(PyConfig *config, const char *path) {
    wchar_t *wide = Py_DecodeLocale(path, NULL); /* UTF-8, as the pre-configuration says */
    if (!wide)
        return PyStatus_NoMemory();
    PyStatus status = PyWideStringList_Append(&config->module_search_paths, wide);
    PyMem_RawFree(wide);
    return status;
}

static PyStatus add_paths(PyConfig *config) {
    static const char paths[] = FN_DEVELOPMENT_PATHS;
    PyStatus status = PyStatus_Ok();
    for (const char *at = paths; *at && !PyStatus_Exception(status);) {
        char path[FN_FOLDER_BYTES];
        size_t length = strcspn(at, ":");
        (void)snprintf(path, sizeof path, "%.*s", (int)length, at);
        status = add_path(config, path);
        at += length + (at[length] == ':');
    }
    return status;
}
#else
/* What is in the runtime is frozen or found by extfinder.py; nothing is looked for on a path. */
static PyStatus add_paths(PyConfig *config) {
    (void)config;
    return PyStatus_Ok();
}
#endif

static PyStatus configure(PyConfig *config, const char *folder) {
    config->install_signal_handlers = 0;
    config->site_import = 0;
    config->write_bytecode = 0;
    config->pathconfig_warnings = 0;
    config->configure_c_stdio = 0;
    config->optimization_level = FN_OPTIMIZATION;
    config->module_search_paths_set = 1;
    PyStatus status = PyConfig_SetBytesString(config, &config->home, folder);
    if (!PyStatus_Exception(status))
        status = PyConfig_SetString(config, &config->program_name, L"fastnet");
    if (!PyStatus_Exception(status))
        status = PyConfig_SetString(config, &config->executable, L"");
    if (!PyStatus_Exception(status))
        status = add_paths(config);
    return status;
}

static PyStatus initialise(const char *folder) {
    PyPreConfig before;
    PyPreConfig_InitIsolatedConfig(&before);
    before.utf8_mode = 1;
    before.configure_locale = 0;
    PyStatus status = Py_PreInitialize(&before);
    if (PyStatus_Exception(status))
        return status;
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    status = configure(&config, folder);
    if (!PyStatus_Exception(status))
        status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    return status;
}

/* The core writes to no stream of the host's: what it has to say goes to the log, or into `error`. */
static bool prepare(void) {
#ifdef FN_DEVELOPMENT_PATHS
    (void)EXTFINDER;
    return dlopen(FN_DEVELOPMENT_LIBPYTHON, RTLD_NOW | RTLD_GLOBAL) != NULL; /* Its modules do not name it. */
#else
    return PySys_SetObject("stdout", Py_None) == 0 && PySys_SetObject("stderr", Py_None) == 0 &&
           PyRun_SimpleString(EXTFINDER) == 0;
#endif
}

void fn_note_failure(const char *text) {
    (void)snprintf(import_failure, sizeof import_failure, "%s", text);
}

#ifdef __GLIBC__
/* Lets go of the clean pages of one library of ours. Nothing is ever written where the loader allows no writing, so the
 * kernel finds every page again in the file. */
static int let_go(struct dl_phdr_info *library, size_t size, void *folder) {
    (void)size;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    if (strncmp(library->dlpi_name, folder, strlen(folder)) != 0)
        return 0;
    for (int i = 0; i < library->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &library->dlpi_phdr[i];
        uintptr_t start = (library->dlpi_addr + part->p_vaddr) & ~(page - 1);
        uintptr_t end = (library->dlpi_addr + part->p_vaddr + part->p_memsz) & ~(page - 1);
        if (part->p_type == PT_LOAD && !(part->p_flags & PF_W) && end > start)
            madvise((void *)start, end - start, MADV_DONTNEED);
    }
    return 0;
}
#endif

/* Most of what the imports touched in the libraries nobody needs again, nor the heap that they are done with. */
static void forget_imports(fn_bridge *bridge) {
#ifdef __GLIBC__
    malloc_trim(0);
    dl_iterate_phdr(let_go, bridge->folder);
#ifndef FN_DEVELOPMENT_PATHS
    fn_modules_let_go();
#endif
#else
    (void)bridge;
#endif
}

static bool boot(fn_bridge *bridge) {
    if (!fn_turns_prepare())
        return fail(bridge, "this process has no thread-specific key left", NULL);
    if (Py_IsInitialized())
        return fail(bridge, "a foreign interpreter answered: the runtime is not private; reinstall fastnet_runtime",
                    NULL);
#ifndef FN_DEVELOPMENT_PATHS
    if (!fn_modules_show(bridge->folder))
        return fail(bridge, "base_library.zip of the runtime cannot be read; reinstall fastnet_runtime", NULL);
#endif
    PyStatus status = initialise(bridge->folder);
    if (PyStatus_Exception(status))
        return fail(bridge, "the private interpreter did not start", status.err_msg ? status.err_msg : status.func);
    bool found = prepare();
    PyEval_SaveThread();
    if (!found)
        return fail(bridge, "the extension modules of the runtime cannot be listed; reinstall fastnet_runtime", NULL);
    if (fn_start_cffi() != 0 || import_failure[0])
        return fail(bridge, "the core could not be imported; reinstall fastnet_runtime",
                    import_failure[0] ? import_failure : NULL);
    forget_imports(bridge);
    return true;
}

static bool boot_once(fn_bridge *bridge) {
    pthread_mutex_lock(&boot_lock);
    if (!booted && !failed) {
        booted = boot(bridge);
        failed = !booted;
    }
    bool up = booted;
    pthread_mutex_unlock(&boot_lock);
    return up;
}

static int32_t carry_out(fn_command *command) {
    fn_lock_ask();
    int32_t ran = fn_python_command(command);
    fn_lock_asked();
    return ran;
}

/* The one export; bridge.h says what it promises. */
FN_EXPORT int32_t fastnet_core_main(fn_bridge *bridge, bool loop);

FN_EXPORT int32_t fastnet_core_main(fn_bridge *bridge, bool loop) {
    if (bridge->size != sizeof *bridge)
        return FASTNET_ERROR_RUNTIME; /* Not even its error text is where we think. */
    if (strcmp(bridge->build_id, FN_BUILD_ID) != 0) {
        fail(bridge, "fastnet_runtime belongs to another build; copy the one of the same release", NULL);
        return FASTNET_ERROR_RUNTIME;
    }
    if (!boot_once(bridge))
        return FASTNET_ERROR_RUNTIME;
    bridge->carry_out = carry_out;
    fn_turns_begin(bridge); /* Their inside is set by the compiled half, at the first start. */
    fn_lock_ask();
    int32_t ended = fn_python_main(bridge, loop);
    fn_lock_asked();
    if (ended != FN_RAN && !bridge->error[0])
        fail(bridge, "the core stopped; the log has the reason", NULL);
    return ended;
}
