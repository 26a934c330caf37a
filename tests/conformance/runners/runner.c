/* The conformance runner in C: reads a command a line, answers with a line. scenarios/README.md has the commands. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fastnet.h"

enum { HANDLES = 16, WORDS = 8, WAIT_MS = 10000, SIZE_MAX_BYTES = 17 << 20 };

typedef struct place {
    char name[32];
    FastNetClient client;
    FastNetServer server;
} place;
static place places[HANDLES];
static uint8_t data[SIZE_MAX_BYTES];

static place *place_of(const char *name) {
    for (int i = 0; i < HANDLES; i++)
        if (strcmp(places[i].name, name) == 0)
            return &places[i];
    for (int i = 0; i < HANDLES; i++)
        if (!places[i].name[0])
            return strncpy(places[i].name, name, sizeof places[i].name - 1), &places[i];
    exit(3);
}

static uint64_t option(char **words, int count, const char *key) {
    size_t length = strlen(key);
    for (int i = 0; i < count; i++)
        if (strncmp(words[i], key, length) == 0 && words[i][length] == '=')
            return strtoull(words[i] + length + 1, NULL, 10);
    return 0;
}

static uint32_t number(const char *word) {
    return (uint32_t)strtoul(word, NULL, 10);
}

static void fill(uint32_t size, uint32_t seed) {
    for (uint32_t i = 0; i < size; i++)
        data[i] = (uint8_t)(seed + i * 31u);
}

static uint32_t hash(const uint8_t *bytes, uint32_t size) { /* FNV-1a */
    uint32_t value = 2166136261u;
    for (uint32_t i = 0; i < size; i++)
        value = (value ^ bytes[i]) * 16777619u;
    return value;
}

static void say(FastNetResult result) {
    printf(result == FASTNET_OK ? "ok\n" : "result %d\n", (int)result);
}

static void do_listen(char **words, int count) {
    place *p = place_of(words[1]);
    FastNetServerConfig config;
    fastnet_server_config_init(&config, (uint32_t)sizeof config);
    config.app_id = option(words, count, "app_id");
    config.peers_max = (uint32_t)option(words, count, "peers_max");
    FastNetResult result = fastnet_server_open(&config, &p->server);
    if (result != FASTNET_OK)
        say(result);
    else
        printf("listening %u %u\n", fastnet_server_udp_port(p->server), fastnet_server_tcp_port(p->server));
}

static void do_open(char **words, int count) {
    place *p = place_of(words[1]);
    FastNetClientConfig config;
    static const uint8_t wrong_pin[32] = {1};
    fastnet_client_config_init(&config, (uint32_t)sizeof config);
    config.host = "localhost";
    config.port = (uint16_t)atoi(words[2]);
    config.app_id = option(words, count, "app_id");
    config.pins = option(words, count, "wrong_pin") ? wrong_pin : NULL;
    config.pin_count = (uint32_t)option(words, count, "wrong_pin");
    config.flags = option(words, count, "no_dev_ca") ? FASTNET_CLIENT_NO_DEV_CA : 0;
    say(fastnet_client_open(&config, &p->client));
}

static FastNetBool next_event(place *p, FastNetEvent *event) {
    if (p->client)
        return fastnet_client_poll(p->client, event) ||
               (fastnet_client_wait(p->client, WAIT_MS) == FASTNET_OK && fastnet_client_poll(p->client, event));
    return fastnet_server_poll(p->server, event) ||
           (fastnet_server_wait(p->server, WAIT_MS) == FASTNET_OK && fastnet_server_poll(p->server, event));
}

static void do_wait(place *p) {
    FastNetEvent event;
    if (!next_event(p, &event))
        printf("nothing\n");
    else if (event.type == FASTNET_EVENT_CONNECTED)
        printf("connected %u\n", event.peer_id);
    else if (event.type == FASTNET_EVENT_DATA)
        printf("data %u %u %u %08x\n", event.peer_id, event.channel, event.data_len, hash(event.data, event.data_len));
    else if (event.reason >= 1000)
        printf("disconnected %u %u %s\n", event.peer_id, event.reason, (const char *)event.data);
    else
        printf("disconnected %u %u\n", event.peer_id, event.reason);
}

static void do_send(place *p, char **words) {
    uint32_t peer = number(words[2]), size = number(words[4]);
    FastNetChannel channel = (FastNetChannel)atoi(words[3]);
    fill(size, number(words[5]));
    say(p->client ? fastnet_client_send(p->client, channel, data, size)
                  : fastnet_server_send(p->server, peer, channel, data, size));
}

static void do_broadcast(place *p, char **words) {
    uint32_t size = number(words[4]);
    fill(size, number(words[5]));
    say(fastnet_server_broadcast(p->server, number(words[2]), (FastNetChannel)atoi(words[3]), data, size));
}

static void do_end(place *p) {
    fastnet_client_disconnect(p->client);
    fastnet_server_destroy(p->server);
    memset(p, 0, sizeof *p);
    printf("ok\n");
}

static void carry_out(char **words, int count) {
    const char *verb = words[0];
    place *p = place_of(words[1]);
    if (!strcmp(verb, "listen"))
        do_listen(words, count);
    else if (!strcmp(verb, "open"))
        do_open(words, count);
    else if (!strcmp(verb, "wait"))
        do_wait(p);
    else if (!strcmp(verb, "send"))
        do_send(p, words);
    else if (!strcmp(verb, "broadcast"))
        do_broadcast(p, words);
    else if (!strcmp(verb, "kick"))
        say(fastnet_server_disconnect_peer(p->server, number(words[2]), number(words[3]), words[4]));
    else if (!strcmp(verb, "close"))
        say(fastnet_client_close(p->client, number(words[2]), words[3]));
    else if (!strcmp(verb, "count"))
        printf("count %u\n", fastnet_server_peer_count(p->server));
    else if (!strcmp(verb, "end"))
        do_end(p);
    else
        printf("unknown\n");
}

int main(void) {
    static char line[4096];
    while (fgets(line, sizeof line, stdin)) {
        char *words[WORDS];
        int count = 0;
        for (char *word = strtok(line, " \n"); word && count < WORDS; word = strtok(NULL, " \n"))
            words[count++] = word;
        if (count < 2)
            break;
        carry_out(words, count);
        fflush(stdout);
    }
    fastnet_shutdown();
    return 0;
}
