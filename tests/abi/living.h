/* A host of the library, for tests of its life: loads it by dlopen, as engines do, and lets it serve itself, one server
 * and one client over the loopback interface (the core written in C: in memory).
 *
 * usage of a program that includes this: PROGRAM LIBRARY TEST [CERTIFICATE KEY [NUMBER]]
 */
#ifndef FASTNET_LIVING_H
#define FASTNET_LIVING_H

#include <dlfcn.h>
#include <fastnet/fastnet.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HANG_S = 100, WAIT_MS = 10000 };

#define FUNCTIONS(X)                                                                                                   \
    X(fastnet_init)                                                                                                    \
    X(fastnet_shutdown)                                                                                                \
    X(fastnet_last_error)                                                                                              \
    X(fastnet_last_result) X(fastnet_result_name) X(fastnet_client_config_init) X(fastnet_client_open)                 \
        X(fastnet_client_connect) X(fastnet_client_disconnect) X(fastnet_client_poll) X(fastnet_client_wait)           \
            X(fastnet_client_send) X(fastnet_client_state) X(fastnet_client_close) X(fastnet_server_config_init)       \
                X(fastnet_server_open) X(fastnet_server_destroy) X(fastnet_server_poll) X(fastnet_server_wait)         \
                    X(fastnet_server_send) X(fastnet_server_broadcast) X(fastnet_server_tcp_port)                      \
                        X(fastnet_server_peer_count) X(fastnet_log_set) X(fastnet_time_us) X(fastnet_server_create)    \
                            X(fastnet_client_wake)

#define DECLARE(name) __typeof__(&name) name;
static struct {
    FUNCTIONS(DECLARE)
} lib;

static void *library;
static const char *path, *certificate, *key;
static uint32_t number;
static FastNetServer server;
static FastNetClient client;

#define CHECK(condition) ((condition) ? (void)0 : fail(__FILE__, __LINE__, #condition))

static inline void fail(const char *file, int line, const char *condition) {
    (void)fprintf(stderr, "%s:%d: %s\n  last error: %s: %s\n", file, line, condition,
                  lib.fastnet_last_result ? lib.fastnet_result_name(lib.fastnet_last_result()) : "no library",
                  lib.fastnet_last_error ? lib.fastnet_last_error() : dlerror());
    _Exit(1);
}

static inline void load(void) {
    library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    CHECK(library != NULL);
#define FIND(name)                                                                                                     \
    *(void **)&lib.name = dlsym(library, #name);                                                                       \
    CHECK(lib.name != NULL);
    FUNCTIONS(FIND)
}

static inline FastNetServerConfig server_config(void) {
    FastNetServerConfig config;
    CHECK(lib.fastnet_server_config_init(&config, sizeof config) == FASTNET_OK);
    config.bind_address = "127.0.0.1";
    config.cert_path = certificate;
    config.key_path = key;
    return config;
}

static inline FastNetClientConfig client_config(uint16_t port) {
    FastNetClientConfig config;
    CHECK(lib.fastnet_client_config_init(&config, sizeof config) == FASTNET_OK);
    config.host = "127.0.0.1";
    config.port = port;
    config.flags = FASTNET_CLIENT_DANGER_ACCEPT_ANY_CERTIFICATE;
    return config;
}

static inline FastNetEvent next_event(void) {
    FastNetEvent event;
    while (!lib.fastnet_client_poll(client, &event))
        CHECK(lib.fastnet_client_wait(client, WAIT_MS) == FASTNET_OK);
    return event;
}

static inline FastNetEvent next_server_event(void) {
    FastNetEvent event;
    while (!lib.fastnet_server_poll(server, &event))
        CHECK(lib.fastnet_server_wait(server, WAIT_MS) == FASTNET_OK);
    return event;
}

static inline void open_both(const FastNetServerConfig *for_server, FastNetClientConfig *for_client) {
    CHECK(lib.fastnet_server_open(for_server, &server) == FASTNET_OK);
    for_client->port = lib.fastnet_server_tcp_port(server);
    CHECK(lib.fastnet_client_open(for_client, &client) == FASTNET_OK);
}

static inline void begin_with(const FastNetServerConfig *for_server, FastNetClientConfig *for_client) {
    open_both(for_server, for_client);
    CHECK(next_event().type == FASTNET_EVENT_CONNECTED);
    CHECK(next_server_event().type == FASTNET_EVENT_CONNECTED);
}

static inline void begin(void) {
    FastNetServerConfig for_server = server_config();
    FastNetClientConfig for_client = client_config(1);
    begin_with(&for_server, &for_client);
}

/* One message there and one back. */
static inline void ping(uint32_t value) {
    CHECK(lib.fastnet_client_send(client, FASTNET_CHANNEL_RELIABLE_ORDERED, (uint8_t *)&value, sizeof value) ==
          FASTNET_OK);
    FastNetEvent event = next_server_event();
    CHECK(event.type == FASTNET_EVENT_DATA && event.data_len == sizeof value &&
          !memcmp(event.data, &value, sizeof value));
    CHECK(lib.fastnet_server_send(server, event.peer_id, event.channel, event.data, event.data_len) == FASTNET_OK);
    event = next_event();
    CHECK(event.type == FASTNET_EVENT_DATA && event.data_len == sizeof value &&
          !memcmp(event.data, &value, sizeof value));
}

static inline void pings(uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        ping(i);
}

static inline void end(void) {
    lib.fastnet_client_disconnect(client);
    lib.fastnet_server_destroy(server);
}

typedef struct test {
    const char *name;
    void (*run)(void);
} test;

#define NAMED(test) {#test, test}

static inline int run_named(const test *tests, size_t count, int argument_count, char **arguments) {
    alarm(HANG_S);
    if (argument_count < 3)
        return 2;
    path = arguments[1];
    certificate = argument_count > 3 ? arguments[3] : NULL;
    key = argument_count > 4 ? arguments[4] : NULL;
    number = argument_count > 5 ? (uint32_t)atoi(arguments[5]) : 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(tests[i].name, arguments[2]) == 0) {
            tests[i].run();
            return 0;
        }
    return 2;
}

#endif
