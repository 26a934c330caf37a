/* The reader of the runtime's archive of modules, alone: `modules FILE` prints what it finds, `modules FILE SEED COUNT`
 * damages the archive COUNT times and looks at all that is found then. Under a sanitizer nothing outside is read.
 */
#include "core_modules.c"

const struct _frozen *PyImport_FrozenModules;

static uint64_t state;

static uint32_t below(uint32_t limit) {
    state = state * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX */
    return (uint32_t)(state >> 33) % limit;
}

static uint8_t *read_all(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END))
        exit(2);
    *size = (size_t)ftell(file);
    uint8_t *data = malloc(*size);
    rewind(file);
    if (!data || fread(data, 1, *size, file) != *size)
        exit(2);
    fclose(file);
    return data;
}

static void print(const fn_archive *archive) {
    struct _frozen *table = table_of(archive);
    if (!table) {
        puts("refused");
        return;
    }
    for (struct _frozen *module = table; module->name; module++)
        printf("%s %d %d %u\n", module->name, module->is_package, module->size, module->code[module->size - 1]);
    free(table);
}

/* The archive of `size` bytes in a block of its own, cut and changed at random. Whether a table came of it. */
static unsigned damage(const uint8_t *good, size_t size) {
    size_t kept = below(4) ? size : below((uint32_t)size);
    fn_archive archive = {memcpy(malloc(kept + 1), good, kept), kept};
    uint8_t *data = realloc((void *)(uintptr_t)archive.data, kept ? kept : 1);
    archive.data = data;
    for (uint32_t left = below(8); left && kept; left--) {
        size_t near_end = kept < 600 ? kept : 600;
        data[below(3) ? kept - 1 - below((uint32_t)near_end) : below((uint32_t)kept)] = (uint8_t)below(256);
    }
    unsigned sum = 0, found = 0;
    struct _frozen *table = table_of(&archive);
    for (struct _frozen *module = table; module && module->name; module++, found = 1) {
        sum += (unsigned)strlen(module->name);
        for (int i = 0; i < module->size; i++)
            sum += module->code[i];
    }
    free(table);
    free(data);
    return found + 0 * sum;
}

int main(int argc, char **argv) {
    size_t size;
    uint8_t *good = read_all(argv[1], &size);
    if (argc == 2)
        print(&(fn_archive){good, size});
    unsigned found = 0;
    if (argc == 4) {
        state = strtoull(argv[2], NULL, 10);
        for (long left = atol(argv[3]); left > 0; left--)
            found += damage(good, size);
        printf("%u\n", found);
    }
    free(good);
    return 0;
}
