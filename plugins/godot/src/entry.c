/* Where the engine comes in: one exported function, and what happens when the engine starts and ends.
 *
 * Rule: nothing runs while the library is being loaded; the runtime starts with the scene level, in the background.
 */
#include "classes.gen.h"
#include "classes.h"

#include <stdlib.h>
#include <string.h>

static const gd_class *const all[] = {&gd_client_class, &gd_server_class, &gd_peer_class};
enum { CLASSES = sizeof all / sizeof all[0] };

static GDExtensionInterfaceGetProcAddress address_of;

static void make_names(void) {
    names = (signal_names){
        .connected = gd_name_of("connected"),
        .data_received = gd_name_of("data_received"),
        .disconnected = gd_name_of("disconnected"),
        .peer_connected = gd_name_of("peer_connected"),
        .peer_disconnected = gd_name_of("peer_disconnected"),
    };
}

static void end_names(void) {
    gd_name_end(&names.connected);
    gd_name_end(&names.data_received);
    gd_name_end(&names.disconnected);
    gd_name_end(&names.peer_connected);
    gd_name_end(&names.peer_disconnected);
}

static void start(void) {
    gd_start();
    make_names();
    if (library_load())
        fastnet.init(0);
    else
        gd_print_error(library_problem());
    for (size_t i = 0; i < CLASSES; i++)
        gd_register(all[i]);
}

static void stop(void) {
    for (size_t i = 0; i < CLASSES; i++)
        gd_unregister(all[CLASSES - 1 - i]);
    library_unload();
    end_names();
}

/* The help of one class after the other; each is the lines up to an empty string. */
static void load_help(void) {
    typedef void (*loader)(const char *);
    loader load = (loader)(void (*)(void))address_of("editor_help_load_xml_from_utf8_chars");
    size_t bytes = 1;
    for (const char *const *line = gd_help; *line; line++)
        bytes += strlen(*line);
    char *text = load ? malloc(bytes) : NULL; /* NULL outside the editor */
    if (!text)
        return;
    char *end = text;
    for (const char *const *line = gd_help; *line; line++) {
        size_t length = strlen(*line);
        memcpy(end, *line, length);
        end += length;
        if (length)
            continue;
        *end = 0;
        load(text);
        end = text;
    }
    free(text);
}

static void initialize(void *userdata, GDExtensionInitializationLevel level) {
    (void)userdata;
    if (level == GDEXTENSION_INITIALIZATION_SCENE)
        start();
    if (level == GDEXTENSION_INITIALIZATION_EDITOR)
        load_help();
}

static void deinitialize(void *userdata, GDExtensionInitializationLevel level) {
    (void)userdata;
    if (level == GDEXTENSION_INITIALIZATION_SCENE)
        stop();
}

#ifdef _WIN32
__declspec(dllexport)
#else
__attribute__((visibility("default")))
#endif
GDExtensionBool fastnet_godot_init(GDExtensionInterfaceGetProcAddress get_proc_address,
                                   GDExtensionClassLibraryPtr library, GDExtensionInitialization *initialization);

GDExtensionBool fastnet_godot_init(GDExtensionInterfaceGetProcAddress get_proc_address,
                                   GDExtensionClassLibraryPtr library, GDExtensionInitialization *initialization) {
    address_of = get_proc_address;
    if (!gd_load(get_proc_address, library))
        return 0;
    initialization->minimum_initialization_level = GDEXTENSION_INITIALIZATION_SCENE;
    initialization->initialize = initialize;
    initialization->deinitialize = deinitialize;
    return 1;
}
