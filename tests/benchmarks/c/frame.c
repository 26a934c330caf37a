/* What the library costs a game's frame, and what its start costs, in one process: one line of JSON, times in ns.
 *
 *   frame calls HOST PORT CA POLICY COUNT     p50, p99 of one empty poll and of one send, threaded
 *   frame frames HOST PORT CA POLICY COUNT    p50, p99 of frames at 60 Hz: 4 sends, and polls that find 4 events
 *   frame boot HOST PORT CA INIT              from the first call to CONNECTED; INIT 1: init ran, and is not counted
 *   frame bare                                nothing; for what a process weighs without the library
 *
 * The server at HOST PORT echoes. POLICY: 0 sleep, 1 tick, 2 spin. resident_bytes is of the whole process at its end.
 */
#include "frames.h"

#include <unistd.h>

#include "fastnet/fastnet.h"

enum { POLLS = 100 };

static void die(const char *what) {
    fprintf(stderr, "%s: %s\n", what, fastnet_last_error());
    exit(1);
}

static unsigned long resident_bytes(void) {
    unsigned long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%lu %lu", &pages, &resident) != 2)
        exit(1);
    fclose(file);
    return resident * (unsigned long)sysconf(_SC_PAGESIZE);
}

static FastNetClient open_client(char **argv, uint32_t policy) {
    FastNetClientConfig config;
    FastNetClient client;
    fastnet_client_config_init(&config, sizeof config);
    config.host = argv[0];
    config.port = (uint16_t)atoi(argv[1]);
    config.ca_path = argv[2];
    config.idle_policy = policy;
    config.spin_ns = policy == FASTNET_IDLE_SPIN ? FASTNET_OFF : 0;
    if (fastnet_client_open(&config, &client) != FASTNET_OK)
        die("open");
    return client;
}

static void await_connected(FastNetClient client) {
    FastNetEvent event;
    while (fastnet_client_wait(client, 15000) == FASTNET_OK)
        while (fastnet_client_poll(client, &event)) {
            if (event.type == FASTNET_EVENT_CONNECTED)
                return;
            fprintf(stderr, "%s\n", (const char *)event.data);
            exit(1);
        }
    die("no connection");
}

static uint32_t drain(FastNetClient client) {
    FastNetEvent event;
    uint32_t count = 0;
    while (fastnet_client_poll(client, &event))
        count++;
    return count;
}

/* POLLS empty polls at a time, for one is below what the clock can tell. */
static void calls(FastNetClient client, uint32_t count) {
    static uint8_t payload[PAYLOAD_BYTES];
    uint64_t *polls = malloc(count * sizeof *polls), *sends = malloc(count * sizeof *sends);
    const struct timespec tick = {0, 1000000};
    FastNetEvent event;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t start = now_ns();
        for (int n = 0; n < POLLS; n++)
            fastnet_client_poll(client, &event);
        polls[i] = (now_ns() - start) / POLLS;
    }
    for (uint32_t i = 0; i < count; i++) {
        FastNetResult result;
        uint64_t start = now_ns();
        while ((result = fastnet_client_send(client, 1, payload, sizeof payload)) != FASTNET_OK) {
            if (result != FASTNET_ERROR_WOULD_BLOCK)
                die("send");
            nanosleep(&tick, NULL); /* A tick has not come yet: this refusal is not what is measured. */
            start = now_ns();
        }
        sends[i] = now_ns() - start;
        drain(client);
    }
    tell("poll", polls, count);
    tell("send", sends, count);
}

static void frames(FastNetClient client, uint32_t count) {
    static uint8_t payload[PAYLOAD_BYTES];
    uint64_t *samples = malloc(count * sizeof *samples), events = 0;
    struct timespec cpu0, cpu1;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu0);
    uint64_t first = now_ns();
    for (uint32_t i = 0; i < count; i++) {
        rest_until_frame(first, i);
        uint64_t start = now_ns();
        events += drain(client);
        for (int n = 0; n < PER_FRAME; n++)
            if (fastnet_client_send(client, (FastNetChannel)n, payload, sizeof payload) != FASTNET_OK)
                die("send");
        samples[i] = now_ns() - start;
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu1);
    double cpu = (double)(cpu1.tv_sec - cpu0.tv_sec) + (double)(cpu1.tv_nsec - cpu0.tv_nsec) / 1e9;
    tell("frame", samples, count);
    printf("\"events\": %llu, \"cpu_share\": %.4f, ", (unsigned long long)events,
           cpu / ((double)count * FRAME_NS / 1e9));
}

static void boot(char **argv) {
    FastNetEvent event;
    uint64_t worst = 0, polled;
    if (atoi(argv[3]) && fastnet_init(20000) != FASTNET_OK)
        die("init");
    uint64_t start = now_ns();
    FastNetClient client = open_client(argv, FASTNET_IDLE_SLEEP);
    uint64_t opened = now_ns();
    for (int found = 0; !found;) {
        polled = now_ns();
        found = (int)fastnet_client_poll(client, &event);
        uint64_t took = now_ns() - polled;
        worst = took > worst ? took : worst;
        if (found && event.type != FASTNET_EVENT_CONNECTED)
            die((const char *)event.data);
        if (!found)
            fastnet_client_wait(client, 100);
    }
    printf("\"open_ns\": %llu, \"connected_ns\": %llu, \"poll_worst_ns\": %llu, ",
           (unsigned long long)(opened - start), (unsigned long long)(now_ns() - start), (unsigned long long)worst);
    fastnet_client_disconnect(client);
}

int main(int argc, char **argv) {
    printf("{");
    if (argc == 7 && (!strcmp(argv[1], "calls") || !strcmp(argv[1], "frames"))) {
        FastNetClient client = open_client(argv + 2, (uint32_t)atoi(argv[5]));
        await_connected(client);
        (argv[1][0] == 'c' ? calls : frames)(client, (uint32_t)atoi(argv[6]));
        fastnet_client_disconnect(client);
    } else if (argc == 6 && !strcmp(argv[1], "boot")) {
        boot(argv + 2);
    } else if (argc != 2) {
        return 2;
    }
    printf("\"resident_bytes\": %lu}\n", resident_bytes());
    return 0;
}
