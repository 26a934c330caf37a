/* A Windows host that runs its own python311.dll, as an engine's editor does, and then starts ours.
 *
 * usage: wine_two_pythons THEIR_FOLDER      Exit code 0: both run, side by side. 7: the library said why not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#include "fastnet/fastnet.h"

typedef int (*run_code)(const char *);

static void *entry(HMODULE library, const char *name) {
    void *found = (void *)GetProcAddress(library, name);
    if (!found)
        exit(2);
    return found;
}

static run_code start_theirs(const char *folder) {
    wchar_t home[MAX_PATH], library[MAX_PATH + 32], path[3 * MAX_PATH];
    MultiByteToWideChar(CP_UTF8, 0, folder, -1, home, MAX_PATH);
    wsprintfW(library, L"%s\\python311.dll", home);
    wsprintfW(path, L"%s\\python311.zip;%s", home, home);
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!python)
        exit(3);
    ((void (*)(const wchar_t *))entry(python, "Py_SetPythonHome"))(home);
    ((void (*)(const wchar_t *))entry(python, "Py_SetPath"))(path);
    ((void (*)(int))entry(python, "Py_InitializeEx"))(0);
    return (run_code)entry(python, "PyRun_SimpleString");
}

int main(int argc, char **argv) {
    if (argc < 2)
        return 1;
    run_code run = start_theirs(argv[1]);
    if (run("import sys, json, hashlib; sys.marker = 'host'") != 0)
        return 4;
    if (fastnet_init(60000) != FASTNET_OK) {
        printf("%s\n", fastnet_last_error());
        return 7;
    }
    if (run("assert sys.marker == 'host' and 'fastnet' not in sys.modules; hashlib.sha256(b'x').hexdigest()") != 0)
        return 5;
    fastnet_shutdown();
    printf("both run\n");
    fflush(stdout);
    return 0;
}
