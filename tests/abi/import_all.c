/* Imports modules in the private interpreter: `import_all RUNTIME FINDER.py MODULE...`, and says which fail.
 *
 * Compiled against the public libpython, then renamed like the runtime's own files (test_release.py), so that it runs
 * on the runtime's interpreter; by way of sys.path, so that a test needs nothing of the boot.
 */
#include <Python.h>

#include <stdio.h>

static void configure(PyConfig *config, const char *runtime) {
    char zip[4096];
    PyConfig_InitIsolatedConfig(config);
    config->site_import = 0;
    config->write_bytecode = 0;
    config->optimization_level = 2;
    config->module_search_paths_set = 1;
    PyConfig_SetBytesString(config, &config->home, runtime);
    snprintf(zip, sizeof zip, "%s/base_library.zip", runtime);
    wchar_t *wide = Py_DecodeLocale(zip, NULL);
    PyWideStringList_Append(&config->module_search_paths, wide);
    PyMem_RawFree(wide);
}

int main(int argc, char **argv) {
    PyConfig config;
    configure(&config, argv[1]);
    PyStatus status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    FILE *finder = fopen(argv[2], "rb");
    if (PyStatus_Exception(status) || !finder || PyRun_SimpleFileEx(finder, argv[2], 1) != 0)
        return 2;
    int failed = 0;
    for (int at = 3; at < argc; at++) {
        PyObject *module = PyImport_ImportModule(argv[at]);
        if (!module) {
            printf("%s does not import\n", argv[at]);
            fflush(stdout);
            PyErr_Print();
            failed = 1;
        }
        Py_XDECREF(module);
    }
    return failed;
}
