/* What a process may do to the library at any moment: exits, forks, unloading, restarts, signals, broken pipes. */
#include "living.h"

#include <errno.h>
#include <fenv.h>
#include <locale.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

enum { FORKS = 100, RELOADS = 10, RESTARTS = 100, SIGNALS = 65 };

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

static const test tests[] = {
    NAMED(exit_under_load),
    NAMED(exit_during_start),
    NAMED(forks),
    NAMED(live_on_after_dlclose),
    NAMED(reloads),
    NAMED(restarts),
    NAMED(signals_locale_and_rounding),
    NAMED(sigpipe_in_both_modes),
    NAMED(serve_one),
    NAMED(exit_in_time),
    NAMED(send_and_exit),
    NAMED(send_disconnect_and_exit),
};

int main(int count, char **arguments) {
    return run_named(tests, sizeof tests / sizeof *tests, count, arguments);
}
