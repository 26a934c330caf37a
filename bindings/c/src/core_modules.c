/* The Python modules of the runtime: base_library.zip, mapped, and shown to the interpreter as frozen ones. Those it
 * finds without asking the disk, and reads where they lie. By way of sys.path CPython 3.11 reads the directory of the
 * archive in Python, and each module twice.
 *
 * The archive is ours (flatten.py): stored, in one part, without a comment; PKWARE's APPNOTE.TXT 4.3 has the format.
 * One that is not so is refused, and nothing outside it is read.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdlib.h>
#include <string.h>
#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

#include "core_modules.h"

enum {
    END_BYTES = 22,
    ENTRY_BYTES = 46,
    LOCAL_BYTES = 30,
    PYC_HEAD_BYTES = 16, /* PEP 552 */
};
#define END_MARK 0x06054b50u
#define ENTRY_MARK 0x02014b50u
#define LOCAL_MARK 0x04034b50u

static const char SUFFIX[] = ".pyc", PACKAGE[] = "/__init__.pyc";

typedef struct fn_archive {
    const uint8_t *data;
    size_t size;
} fn_archive;

static fn_archive shown; /* What the interpreter knows: needed to the end. */

static uint32_t u16_at(const uint8_t *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static uint32_t u32_at(const uint8_t *at) {
    return u16_at(at) | u16_at(at + 2) << 16;
}

/* `count` bytes at `offset`; NULL: they are not all there. */
static const uint8_t *part(const fn_archive *archive, uint64_t offset, uint64_t count) {
    return offset <= archive->size && count <= archive->size - offset ? archive->data + offset : NULL;
}

static bool ends_with(const char *name, size_t length, const char *tail) {
    size_t count = strlen(tail);
    return length > count && memcmp(name + length - count, tail, count) == 0;
}

/* fastnet/net/__init__.pyc -> fastnet.net, a package. Written to `to`, which has room for it. */
static bool take_name(struct _frozen *module, const char *name, size_t length, char *to) {
    if (!ends_with(name, length, SUFFIX))
        return false;
    module->is_package = ends_with(name, length, PACKAGE);
    length -= strlen(module->is_package ? PACKAGE : SUFFIX);
    for (size_t i = 0; i < length; i++)
        to[i] = name[i] == '/' ? '.' : name[i];
    to[length] = '\0';
    module->name = to;
    return true;
}

static bool take_code(const fn_archive *archive, struct _frozen *module, const uint8_t *entry) {
    uint32_t size = u32_at(entry + 24), offset = u32_at(entry + 42);
    const uint8_t *local = part(archive, offset, LOCAL_BYTES);
    bool is_stored = u16_at(entry + 10) == 0 && u32_at(entry + 20) == size;
    if (!local || !is_stored || u32_at(local) != LOCAL_MARK || size <= PYC_HEAD_BYTES || size > INT32_MAX)
        return false;
    const uint8_t *data = part(archive, (uint64_t)offset + LOCAL_BYTES + u16_at(local + 26) + u16_at(local + 28), size);
    if (!data)
        return false;
    module->code = data + PYC_HEAD_BYTES;
    module->size = (int)(size - PYC_HEAD_BYTES);
    return true;
}

/* The table, ended by an empty entry; names stand behind it. NULL: the archive is not as it should be, or no memory. */
static struct _frozen *table_of(const fn_archive *archive) {
    const uint8_t *end = archive->size < END_BYTES ? NULL : archive->data + archive->size - END_BYTES;
    if (!end || u32_at(end) != END_MARK)
        return NULL;
    uint32_t count = u16_at(end + 10), bytes = u32_at(end + 12);
    uint64_t offset = u32_at(end + 16);
    const uint8_t *entry = part(archive, offset, bytes);
    struct _frozen *table = entry ? calloc(1, (count + 1) * sizeof *table + bytes) : NULL;
    char *names = table ? (char *)(table + count + 1) : NULL;
    bool good = table != NULL;
    for (uint32_t i = 0; i < count && good; i++) {
        entry = part(archive, offset, ENTRY_BYTES);
        good = entry && u32_at(entry) == ENTRY_MARK;
        uint32_t length = good ? u16_at(entry + 28) : 0;
        good = good && part(archive, offset, ENTRY_BYTES + (uint64_t)length) &&
               offset + ENTRY_BYTES + length <= u32_at(end + 16) + (uint64_t)bytes &&
               take_name(table + i, (const char *)entry + ENTRY_BYTES, length, names) &&
               take_code(archive, table + i, entry);
        names += length + 1; /* Shorter than its entry, so there is room. */
        offset += ENTRY_BYTES + (uint64_t)length + (good ? u16_at(entry + 30) + u16_at(entry + 32) : 0);
    }
    if (good)
        return table;
    free(table);
    return NULL;
}

#ifdef _WIN32
static bool map_file(const char *path, fn_archive *archive) {
    wchar_t wide[2 * FN_FOLDER_BYTES];
    LARGE_INTEGER size;
    if (!MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, 2 * FN_FOLDER_BYTES))
        return false;
    HANDLE file = CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return false;
    HANDLE mapping = GetFileSizeEx(file, &size) ? CreateFileMappingW(file, NULL, PAGE_READONLY, 0, 0, NULL) : NULL;
    archive->data = mapping ? MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0) : NULL;
    archive->size = archive->data ? (size_t)size.QuadPart : 0;
    if (mapping)
        CloseHandle(mapping);
    CloseHandle(file);
    return archive->data != NULL;
}
#else
static bool map_file(const char *path, fn_archive *archive) {
    struct stat told;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    void *data = fstat(file, &told) == 0 && told.st_size > 0
                     ? mmap(NULL, (size_t)told.st_size, PROT_READ, MAP_PRIVATE, file, 0)
                     : MAP_FAILED;
    close(file);
    if (data == MAP_FAILED)
        return false;
    archive->data = data;
    archive->size = (size_t)told.st_size;
    return true;
}
#endif

bool fn_modules_show(const char *folder) {
    char path[FN_FOLDER_BYTES + 32];
    (void)snprintf(path, sizeof path, "%s/base_library.zip", folder);
    if (!map_file(path, &shown))
        return false;
    PyImport_FrozenModules = table_of(&shown);
    return PyImport_FrozenModules != NULL;
}

void fn_modules_let_go(void) {
#ifndef _WIN32
    madvise((void *)(uintptr_t)shown.data, shown.size, MADV_DONTNEED);
#endif
}
