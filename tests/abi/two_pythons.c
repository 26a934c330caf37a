/* A host that runs its own CPython before, during and after ours, with its own OpenSSL in use, then ends its own.
 *
 * usage: two_pythons LIBRARY MODE PORT CA      MODE: any of
 *   g RTLD_GLOBAL   d RTLD_DEEPBIND (else RTLD_LOCAL, as engines do)   r the host gives its lock up while we work
 *   a the host starts its Python after ours   t it reads an attribute of a capsule first, which cffi's start lock hates
 * Linked against the host's libpython. Exit code 0: both interpreters did all they should. 7: the library said why not.
 */
#include <Python.h>

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

#include "fastnet/fastnet.h"

static const char BEFORE[] = "import sys, json, ssl, hashlib, ctypes, threading, datetime\n"
                             "sys.marker = 'host'\n";
static const char TOUCH[] = "type(datetime.datetime_CAPI).__name__\n";
static const char DURING[] = "import decimal, zlib, re, asyncio\n"
                             "assert sys.marker == 'host'\n"
                             "json.dumps({'third': str(decimal.Decimal(1) / 3)})\n"
                             "ssl.create_default_context()\n"
                             "hashlib.sha256(b'x' * 100000).hexdigest()\n";
static const char AFTER[] = "t = threading.Thread(target=lambda: zlib.compress(b'x' * 100000))\n"
                            "t.start()\n"
                            "t.join()\n"
                            "assert sys.marker == 'host' and 'fastnet' not in sys.modules\n";

static __typeof__(&fastnet_client_config_init) config_init;
static __typeof__(&fastnet_client_open) client_open;
static __typeof__(&fastnet_client_poll) client_poll;
static __typeof__(&fastnet_client_wait) client_wait;
static __typeof__(&fastnet_client_send) client_send;
static __typeof__(&fastnet_client_disconnect) client_disconnect;
static __typeof__(&fastnet_init) init;
static __typeof__(&fastnet_last_error) last_error;

static void load(const char *path, const char *mode) {
    int flags = RTLD_NOW | (strchr(mode, 'g') ? RTLD_GLOBAL : RTLD_LOCAL) | (strchr(mode, 'd') ? RTLD_DEEPBIND : 0);
    void *library = dlopen(path, flags);
    if (!library) {
        printf("dlopen: %s\n", dlerror());
        exit(2);
    }
    *(void **)&config_init = dlsym(library, "fastnet_client_config_init");
    *(void **)&client_open = dlsym(library, "fastnet_client_open");
    *(void **)&client_poll = dlsym(library, "fastnet_client_poll");
    *(void **)&client_wait = dlsym(library, "fastnet_client_wait");
    *(void **)&client_send = dlsym(library, "fastnet_client_send");
    *(void **)&client_disconnect = dlsym(library, "fastnet_client_disconnect");
    *(void **)&init = dlsym(library, "fastnet_init");
    *(void **)&last_error = dlsym(library, "fastnet_last_error");
}

static void run(const char *code) {
    if (PyRun_SimpleString(code) != 0)
        exit(3);
}

static FastNetClient connect_to(uint16_t port, const char *ca) {
    FastNetClientConfig config;
    FastNetClient client = NULL;
    config_init(&config, sizeof config);
    config.host = "127.0.0.1";
    config.port = port;
    config.ca_path = ca;
    if (client_open(&config, &client) != FASTNET_OK) {
        printf("open: %s\n", last_error());
        exit(4);
    }
    return client;
}

/* Sends `count` messages one by one, each after the echo of the one before. */
static void ping(FastNetClient client, int count, bool connected) {
    FastNetEvent event;
    for (int sent = 0; sent < count;) {
        if (connected && client_send(client, 0, (const uint8_t *)"ping", 4) != FASTNET_OK)
            exit(5);
        bool echoed = false;
        while (!echoed) {
            FastNetResult waited = client_wait(client, 10000);
            while (client_poll(client, &event)) {
                echoed = echoed || event.type == FASTNET_EVENT_DATA || event.type == FASTNET_EVENT_CONNECTED;
                if (event.type == FASTNET_EVENT_DISCONNECTED) {
                    printf("disconnected: %s\n", (const char *)event.data);
                    exit(6);
                }
            }
            if (!echoed && waited != FASTNET_OK)
                exit(6);
        }
        sent += connected;
        connected = true;
    }
}

int main(int argc, char **argv) {
    if (argc < 5)
        return 1;
    const char *mode = argv[2];
    bool second = strchr(mode, 'a') != NULL, releases = strchr(mode, 'r') != NULL;
    PyThreadState *saved = NULL;
    if (!second) {
        Py_Initialize();
        run(BEFORE);
        if (strchr(mode, 't'))
            run(TOUCH);
        if (releases)
            saved = PyEval_SaveThread();
    }
    load(argv[1], mode);
    if (init(20000) != FASTNET_OK) {
        printf("%s\n", last_error());
        fflush(stdout);
        _Exit(7); /* What is half loaded is not to be unloaded. */
    }
    FastNetClient client = connect_to((uint16_t)atoi(argv[3]), argv[4]);
    ping(client, 50, false);
    if (second) {
        Py_Initialize();
        run(BEFORE);
    }
    if (saved)
        PyEval_RestoreThread(saved);
    run(DURING);
    if (releases)
        saved = PyEval_SaveThread();
    ping(client, 50, true);
    client_disconnect(client);
    if (saved)
        PyEval_RestoreThread(saved);
    run(AFTER);
    return Py_FinalizeEx() == 0 ? 0 : 8;
}
