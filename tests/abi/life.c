/* Everything a host can do to a library during its life: exits at any moment, forks, unloading, restarts, signals.
 *
 * usage: life LIBRARY TEST [CERTIFICATE KEY [NUMBER]]
 * The library is loaded by dlopen, as engines do, and serves itself: one server, one client, over the loopback
 * interface (the core written in C: in memory).
 */
#include <dlfcn.h>
#include <errno.h>
#include <fastnet/fastnet.h>
#include <fenv.h>
#include <locale.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    HANG_S = 100,
    WAIT_MS = 10000,
    FORKS = 100,
    RELOADS = 10,
    RESTARTS = 100,
    SIGNALS = 65,
    STALLED_MESSAGES = 3000,
    THREADS_BEFORE = 1000,
    THREADS = 4000,
    LEAK_PAGES = 256
};

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

#define CHECK(condition) ((condition) ? (void)0 : fail(__LINE__, #condition))

static void fail(int line, const char *condition) {
    (void)fprintf(stderr, "life.c:%d: %s\n  last error: %s: %s\n", line, condition,
                  lib.fastnet_last_result ? lib.fastnet_result_name(lib.fastnet_last_result()) : "no library",
                  lib.fastnet_last_error ? lib.fastnet_last_error() : dlerror());
    _Exit(1);
}

static void load(void) {
    library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    CHECK(library != NULL);
#define FIND(name)                                                                                                     \
    *(void **)&lib.name = dlsym(library, #name);                                                                       \
    CHECK(lib.name != NULL);
    FUNCTIONS(FIND)
}

static FastNetServerConfig server_config(void) {
    FastNetServerConfig config;
    CHECK(lib.fastnet_server_config_init(&config, sizeof config) == FASTNET_OK);
    config.bind_address = "127.0.0.1";
    config.cert_path = certificate;
    config.key_path = key;
    return config;
}

static FastNetClientConfig client_config(uint16_t port) {
    FastNetClientConfig config;
    CHECK(lib.fastnet_client_config_init(&config, sizeof config) == FASTNET_OK);
    config.host = "127.0.0.1";
    config.port = port;
    config.flags = FASTNET_CLIENT_DANGER_ACCEPT_ANY_CERTIFICATE;
    return config;
}

static FastNetEvent next_event(void) {
    FastNetEvent event;
    while (!lib.fastnet_client_poll(client, &event))
        CHECK(lib.fastnet_client_wait(client, WAIT_MS) == FASTNET_OK);
    return event;
}

static FastNetEvent next_server_event(void) {
    FastNetEvent event;
    while (!lib.fastnet_server_poll(server, &event))
        CHECK(lib.fastnet_server_wait(server, WAIT_MS) == FASTNET_OK);
    return event;
}

static void open_both(const FastNetServerConfig *for_server, FastNetClientConfig *for_client) {
    CHECK(lib.fastnet_server_open(for_server, &server) == FASTNET_OK);
    for_client->port = lib.fastnet_server_tcp_port(server);
    CHECK(lib.fastnet_client_open(for_client, &client) == FASTNET_OK);
}

static void begin_with(const FastNetServerConfig *for_server, FastNetClientConfig *for_client) {
    open_both(for_server, for_client);
    CHECK(next_event().type == FASTNET_EVENT_CONNECTED);
    CHECK(next_server_event().type == FASTNET_EVENT_CONNECTED);
}

static void begin(void) {
    FastNetServerConfig for_server = server_config();
    FastNetClientConfig for_client = client_config(1);
    begin_with(&for_server, &for_client);
}

/* One message there and one back. */
static void ping(uint32_t value) {
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

static void pings(uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        ping(i);
}

static void end(void) {
    lib.fastnet_client_disconnect(client);
    lib.fastnet_server_destroy(server);
}

/* Work in every part of the core: sealing, opening, timers, handshakes of clients that come and go. */
static void load_on_the_thread(void) {
    static uint8_t message[16000];
    FastNetClientConfig config = client_config(lib.fastnet_server_tcp_port(server));
    for (int i = 0; i < 3; i++) {
        FastNetClient other;
        CHECK(lib.fastnet_client_open(&config, &other) == FASTNET_OK);
    }
    for (int i = 0; i < 200; i++)
        (void)lib.fastnet_client_send(client, FASTNET_CHANNEL_UNRELIABLE, message, sizeof message);
}

static void exit_under_load(void) {
    load();
    begin();
    load_on_the_thread();
    usleep(number);
}

static void exit_during_start(void) {
    load();
    FastNetClientConfig config = client_config(9);
    CHECK(lib.fastnet_client_open(&config, &client) == FASTNET_OK);
    usleep(number);
}

/* Every call of a child is an answer, and it ends like any other process. */
static void child_of_fork(void) {
    FastNetEvent event;
    FastNetClientConfig config = client_config(9);
    FastNetServerConfig for_server = server_config();
    FastNetClient other = client;
    FastNetServer none = server;
    alarm(10);
    CHECK(lib.fastnet_init(1000) == FASTNET_ERROR_RUNTIME && strlen(lib.fastnet_last_error()) > 10);
    CHECK(lib.fastnet_client_send(client, 0, NULL, 0) == FASTNET_ERROR_RUNTIME);
    CHECK(!lib.fastnet_client_poll(client, &event) && lib.fastnet_last_result() == FASTNET_ERROR_RUNTIME);
    CHECK(lib.fastnet_client_wait(client, FASTNET_OFF) == FASTNET_ERROR_RUNTIME);
    CHECK(lib.fastnet_client_state(client) == FASTNET_STATE_CLOSED);
    CHECK(lib.fastnet_client_open(&config, &other) == FASTNET_ERROR_RUNTIME && other == NULL);
    CHECK(lib.fastnet_client_connect("127.0.0.1", 9) == NULL && lib.fastnet_last_result() == FASTNET_ERROR_RUNTIME);
    CHECK(lib.fastnet_server_open(&for_server, &none) == FASTNET_ERROR_RUNTIME && none == NULL);
    CHECK(lib.fastnet_log_set(FASTNET_LOG_OFF, NULL, NULL) == FASTNET_OK);
    end();
    lib.fastnet_shutdown();
}

static void forks(void) {
    load();
    begin();
    for (uint32_t i = 0; i < FORKS; i++) {
        ping(i);
        pid_t child = fork();
        if (child == 0) {
            child_of_fork();
            exit(0);
        }
        int status = -1;
        CHECK(waitpid(child, &status, 0) == child && status == 0);
    }
    pings(20);
    end();
}

static void live_on_after_dlclose(void) {
    load();
    begin();
    pings(20);
    CHECK(dlclose(library) == 0);
    usleep(100000);
}

static void reloads(void) {
    for (int round = 0; round < RELOADS; round++) {
        load();
        begin();
        pings(20);
        if (round & 1)
            end();
        else
            lib.fastnet_shutdown(); /* Which ends what is open. */
        CHECK(dlclose(library) == 0);
    }
}

static void restarts(void) {
    load();
    for (uint32_t round = 0; round < RESTARTS; round++) {
        CHECK(lib.fastnet_init(WAIT_MS) == FASTNET_OK);
        if (round % 10 == 0) {
            begin();
            pings(5);
        }
        lib.fastnet_shutdown();
        CHECK(lib.fastnet_client_wake(client) == FASTNET_ERROR_INVALID_HANDLE);
    }
}

static volatile sig_atomic_t interrupted;
static pthread_t interrupted_thread;

static void on_interrupt(int signal_number) {
    interrupted = signal_number;
    interrupted_thread = pthread_self();
}

static void compare_dispositions(const struct sigaction *before) {
    for (int i = 1; i < SIGNALS; i++) {
        struct sigaction now;
        memset(&now, 0, sizeof now);
        sigaction(i, NULL, &now);
        CHECK(before[i].sa_handler == now.sa_handler && before[i].sa_flags == now.sa_flags);
    }
}

static void signals_locale_and_rounding(void) {
    static struct sigaction before[SIGNALS];
    char locale[256];
    for (int i = 1; i < SIGNALS; i++)
        sigaction(i, NULL, &before[i]);
    (void)snprintf(locale, sizeof locale, "%s", setlocale(LC_ALL, NULL));
    int rounding = fegetround();
    load();
    begin();
    pings(10);
    compare_dispositions(before);
    CHECK(strcmp(locale, setlocale(LC_ALL, NULL)) == 0 && rounding == fegetround());
    CHECK(signal(SIGINT, on_interrupt) != SIG_ERR);
    for (int i = 0; i < 20; i++) {
        interrupted = 0;
        CHECK(kill(getpid(), SIGINT) == 0);
        ping((uint32_t)i);
        CHECK(interrupted == SIGINT && pthread_equal(interrupted_thread, pthread_self()));
    }
    end();
}

/* A listener that hangs up on everyone: what is written to such a connection must not kill the process. */
static void *hang_up(void *listener) {
    for (;;) {
        int accepted = accept(*(int *)listener, NULL, NULL);
        struct linger at_once = {.l_onoff = 1};
        setsockopt(accepted, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        close(accepted);
    }
    return NULL;
}

static uint16_t start_hanging_up(void) {
    static int listener;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    pthread_t thread;
    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(bind(listener, (struct sockaddr *)&address, size) == 0 && listen(listener, 16) == 0);
    CHECK(getsockname(listener, (struct sockaddr *)&address, &size) == 0);
    CHECK(pthread_create(&thread, NULL, hang_up, &listener) == 0);
    return ntohs(address.sin_port);
}

static void sigpipe_in_both_modes(void) {
    load();
    CHECK(signal(SIGPIPE, SIG_DFL) != SIG_ERR);
    FastNetClientConfig config = client_config(start_hanging_up());
    for (int i = 0; i < 20; i++) {
        config.io_mode = i & 1 ? FASTNET_IO_PUMPED : FASTNET_IO_THREADED;
        if (lib.fastnet_client_open(&config, &client) != FASTNET_OK)
            continue; /* A pumped open may find out at once. */
        FastNetEvent event = next_event();
        CHECK(event.type == FASTNET_EVENT_DISCONNECTED && event.error_code != FASTNET_OK);
        lib.fastnet_client_disconnect(client);
    }
}

/* A game that loads a level for `number` ms, which is longer than the idle timeout: nobody calls the library. */
static void a_stalled_game_stays_connected(void) {
    load();
    FastNetServerConfig for_server = server_config();
    FastNetClientConfig for_client = client_config(1);
    for_server.idle_timeout_ms = for_client.idle_timeout_ms = 2000;
    for_server.keepalive_ms = for_client.keepalive_ms = 500;
    for_client.ring_bytes = 4096;
    begin_with(&for_server, &for_client);
    uint32_t sent = 0, got = 0;
    while (sent < STALLED_MESSAGES && lib.fastnet_server_broadcast(server, 0, FASTNET_CHANNEL_RELIABLE_ORDERED,
                                                                   (uint8_t *)&sent, sizeof sent) == FASTNET_OK)
        sent++;
    CHECK(sent == STALLED_MESSAGES); /* 105 kB wait for a game whose ring holds 4. */
    usleep(number * 1000);
    CHECK(lib.fastnet_client_state(client) == FASTNET_STATE_CONNECTED && lib.fastnet_server_peer_count(server) == 1);
    for (; got < sent; got++) {
        FastNetEvent event = next_event();
        CHECK(event.type == FASTNET_EVENT_DATA && !memcmp(event.data, &got, sizeof got));
    }
    CHECK(lib.fastnet_server_broadcast(server, 0, 0, (const uint8_t *)"bye", 3) == FASTNET_OK);
    lib.fastnet_server_destroy(server);
    CHECK(next_event().data_len == 3 && next_event().type == FASTNET_EVENT_DISCONNECTED);
    lib.fastnet_client_disconnect(client);
}

static FastNetResult waited;

/* Busy: the main thread looks whether we are inside. */
static void *wait_for_ever(void *unused) {
    (void)unused;
    do
        waited = lib.fastnet_client_wait(client, FASTNET_OFF);
    while (waited == FASTNET_ERROR_BUSY);
    return NULL;
}

static pthread_t begin_wait(void) {
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, wait_for_ever, NULL) == 0);
    while (lib.fastnet_client_wait(client, 0) != FASTNET_ERROR_BUSY)
        usleep(1000);
    return thread;
}

/* In both modes: a wait for ever ends at once by wake, by an event, and by the end of the handle. */
static void waits_end(FastNetIoMode mode) {
    FastNetServerConfig for_server = server_config();
    FastNetClientConfig for_client = client_config(1);
    FastNetEvent event;
    for_client.io_mode = mode;
    begin_with(&for_server, &for_client);
    while (lib.fastnet_client_poll(client, &event)) {
    }
    pthread_t thread = begin_wait();
    CHECK(lib.fastnet_client_wake(client) == FASTNET_OK);
    pthread_join(thread, NULL);
    CHECK(waited == FASTNET_ERROR_CANCELLED);
    thread = begin_wait();
    CHECK(lib.fastnet_server_broadcast(server, 0, 0, (const uint8_t *)"hi", 2) == FASTNET_OK);
    pthread_join(thread, NULL);
    CHECK(waited == FASTNET_OK && next_event().data_len == 2);
    while (lib.fastnet_client_poll(client, &event)) {
    }
    thread = begin_wait();
    lib.fastnet_client_disconnect(client);
    pthread_join(thread, NULL);
    CHECK(waited == FASTNET_ERROR_CLOSED);
    lib.fastnet_server_destroy(server);
}

static void waits_end_in_both_modes(void) {
    load();
    waits_end(FASTNET_IO_THREADED);
    waits_end(FASTNET_IO_PUMPED);
    lib.fastnet_shutdown();
}

/* Prints the port, then what becomes of its first peer and after how many ms. */
static void serve_one(void) {
    load();
    FastNetServerConfig for_server = server_config();
    CHECK(lib.fastnet_server_open(&for_server, &server) == FASTNET_OK);
    printf("%u\n", (unsigned)lib.fastnet_server_tcp_port(server));
    (void)fflush(stdout);
    uint32_t messages = 0;
    FastNetEvent event;
    for (event = next_server_event(); event.type != FASTNET_EVENT_DISCONNECTED; event = next_server_event())
        messages += event.type == FASTNET_EVENT_DATA;
    printf("%u messages, reason %u, by peer %u\n", (unsigned)messages, (unsigned)event.reason, (unsigned)event.by_peer);
}

/* Sends ten reliable messages to port `number` and leaves main at once, with the handle open. */
static void send_and_exit(void) {
    load();
    FastNetClientConfig config = client_config((uint16_t)number);
    CHECK(lib.fastnet_client_open(&config, &client) == FASTNET_OK);
    CHECK(next_event().type == FASTNET_EVENT_CONNECTED);
    for (int i = 0; i < 10; i++)
        CHECK(lib.fastnet_client_send(client, FASTNET_CHANNEL_RELIABLE_ORDERED, (const uint8_t *)"x", 1) == FASTNET_OK);
}

static void *ping_once(void *value) {
    ping(*(uint32_t *)value);
    return NULL;
}

static void ping_on_threads(uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        pthread_t thread;
        CHECK(pthread_create(&thread, NULL, ping_once, &i) == 0);
        CHECK(pthread_join(thread, NULL) == 0);
    }
}

static unsigned long resident_pages(void) {
    unsigned long all = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    CHECK(file && fscanf(file, "%lu %lu", &all, &resident) == 2);
    (void)fclose(file);
    return resident;
}

/* What a thread has of the interpreter's lasts as long as the thread, and no longer: under 300 bytes of each stay. */
static void pumped_handles_are_polled_by_threads_that_end(void) {
    load();
    FastNetServerConfig for_server = server_config();
    FastNetClientConfig for_client = client_config(1);
    for_server.io_mode = for_client.io_mode = FASTNET_IO_PUMPED;
    CHECK(lib.fastnet_init(20000) == FASTNET_OK); /* So another thread has booted. */
    open_both(&for_server, &for_client);
    FastNetEvent event;
    for (int met = 0; met < 2;)
        met += (int)lib.fastnet_client_poll(client, &event) + (int)lib.fastnet_server_poll(server, &event);
    ping_on_threads(THREADS_BEFORE);
    unsigned long before = resident_pages();
    ping_on_threads(THREADS);
    CHECK(resident_pages() < before + LEAK_PAGES);
    pings(5);
    end();
    lib.fastnet_shutdown();
}

static uint64_t left_main_us;

static void say_how_long(void) {
    printf("%u us\n", (unsigned)(lib.fastnet_time_us() - left_main_us));
}

/* Leaves main with both handles open and prints what the exit cost: this handler is the first, so it runs last. */
static void exit_in_time(void) {
    load();
    CHECK(atexit(say_how_long) == 0);
    begin();
    pings(5);
    left_main_us = lib.fastnet_time_us();
}

/* As the README's example ends: the last message and disconnect, then the end of main. */
static void send_disconnect_and_exit(void) {
    send_and_exit();
    lib.fastnet_client_disconnect(client);
}

#define NAMED(test) {#test, test}
static const struct {
    const char *name;
    void (*run)(void);
} tests[] = {
    NAMED(exit_under_load),
    NAMED(exit_during_start),
    NAMED(forks),
    NAMED(live_on_after_dlclose),
    NAMED(reloads),
    NAMED(restarts),
    NAMED(signals_locale_and_rounding),
    NAMED(sigpipe_in_both_modes),
    NAMED(a_stalled_game_stays_connected),
    NAMED(waits_end_in_both_modes),
    NAMED(pumped_handles_are_polled_by_threads_that_end),
    NAMED(serve_one),
    NAMED(exit_in_time),
    NAMED(send_and_exit),
    NAMED(send_disconnect_and_exit),
};

int main(int count, char **arguments) {
    alarm(HANG_S);
    if (count < 3)
        return 2;
    path = arguments[1];
    certificate = count > 3 ? arguments[3] : NULL;
    key = count > 4 ? arguments[4] : NULL;
    number = count > 5 ? (uint32_t)atoi(arguments[5]) : 0;
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        if (strcmp(tests[i].name, arguments[2]) == 0) {
            tests[i].run();
            return 0;
        }
    return 2;
}
