/* Tests in C: TEST(what_is_promised) { CHECK(..); }. A program runs the test that its first argument names; test_*.py
 * finds the names in the source. A check that fails says where, and what the library's last error is.
 */
#ifndef FASTNET_CHECK_H
#define FASTNET_CHECK_H

#include <fastnet/fastnet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef HANG_SECONDS
#define HANG_SECONDS 60
#endif
enum { TESTS_MAX = 64, PATIENCE_MS = 10000, HANG_S = HANG_SECONDS };

static struct {
    const char *name;
    void (*run)(void);
} check_tests[TESTS_MAX];
static int check_count;
static char **check_arguments; /* those behind the test's name */

#define TEST(which)                                                                                                    \
    static void which(void);                                                                                           \
    __attribute__((constructor)) static void register_##which(void) {                                                  \
        check_tests[check_count].name = #which;                                                                        \
        check_tests[check_count++].run = which;                                                                        \
    }                                                                                                                  \
    static void which(void)

#define CHECK(condition) ((condition) ? (void)0 : check_failed(__FILE__, __LINE__, #condition))
#define CHECK_RESULT(call, expected) check_result(__FILE__, __LINE__, #call, (call), (expected))

static inline void check_failed(const char *file, int line, const char *condition) {
    (void)fprintf(stderr, "%s:%d: %s\n  last error: %s: %s\n", file, line, condition,
                  fastnet_result_name(fastnet_last_result()), fastnet_last_error());
    _Exit(1);
}

static inline void check_result(const char *file, int line, const char *call, FastNetResult got,
                                FastNetResult expected) {
    if (got == expected)
        return;
    (void)fprintf(stderr, "%s gives %s, not %s\n", call, fastnet_result_name(got), fastnet_result_name(expected));
    check_failed(file, line, call);
}

/* A failed call left its result and a text that says something. */
#define CHECK_FAILS(call, expected)                                                                                    \
    do {                                                                                                               \
        CHECK_RESULT(call, expected);                                                                                  \
        CHECK(fastnet_last_result() == (expected));                                                                    \
        CHECK(strlen(fastnet_last_error()) > 10);                                                                      \
    } while (0)

/* A handle that is not there, and why. */
#define CHECK_NONE(call, expected)                                                                                     \
    do {                                                                                                               \
        CHECK((call) == 0);                                                                                            \
        CHECK_RESULT(fastnet_last_result(), expected);                                                                 \
        CHECK(strlen(fastnet_last_error()) > 10);                                                                      \
    } while (0)

static inline FastNetClientConfig client_config(const char *host, uint16_t port) {
    FastNetClientConfig config;
    CHECK(fastnet_client_config_init(&config, sizeof config) == FASTNET_OK);
    config.host = host;
    config.port = port;
    return config;
}

static inline FastNetServerConfig server_config(void) {
    FastNetServerConfig config;
    CHECK(fastnet_server_config_init(&config, sizeof config) == FASTNET_OK);
    config.bind_address = "127.0.0.1";
    return config;
}

static inline FastNetClient open_client(const FastNetClientConfig *config) {
    FastNetClient client;
    CHECK_RESULT(fastnet_client_open(config, &client), FASTNET_OK);
    return client;
}

static inline FastNetServer open_server(const FastNetServerConfig *config) {
    FastNetServer server;
    CHECK_RESULT(fastnet_server_open(config, &server), FASTNET_OK);
    return server;
}

/* The next event, waited for. */
static inline FastNetEvent next_event(FastNetClient client) {
    FastNetEvent event;
    while (!fastnet_client_poll(client, &event))
        CHECK_RESULT(fastnet_client_wait(client, PATIENCE_MS), FASTNET_OK);
    return event;
}

static inline FastNetEvent next_server_event(FastNetServer server) {
    FastNetEvent event;
    while (!fastnet_server_poll(server, &event))
        CHECK_RESULT(fastnet_server_wait(server, PATIENCE_MS), FASTNET_OK);
    return event;
}

/* A connected client whose CONNECTED was taken. */
static inline FastNetClient connect_to(const char *host, uint16_t port) {
    FastNetClient client = fastnet_client_connect(host, port);
    CHECK(client != NULL);
    CHECK(next_event(client).type == FASTNET_EVENT_CONNECTED);
    return client;
}

static inline void sleep_ms(int ms) {
    usleep((useconds_t)ms * 1000);
}

int main(int count, char **arguments) {
    alarm(HANG_S);
    check_arguments = arguments + 2;
    for (int i = 0; i < check_count; i++)
        if (count > 1 && strcmp(check_tests[i].name, arguments[1]) == 0) {
            check_tests[i].run();
            return 0;
        }
    (void)fprintf(stderr, "no test is called %s\n", count > 1 ? arguments[1] : "nothing");
    return 2;
}

#endif
