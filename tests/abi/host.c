/* A host that does what the lines on its standard input say, and prints what happens: one line an event, `ok` or
 * `failed RESULT TEXT` a command. `core_host.py` speaks to it.
 *
 *   client HOST PORT [key=value ..]      server [key=value ..]       keys: those of `set_client` and `set_server`
 *   send PEER CHANNEL BYTE COUNT         peer 0: everybody           burst PEER CHANNEL COUNT SIZE: numbered messages
 *   drain MS                             polls until MS passed without an event
 *   until TYPE MS                        polls until such an event came
 *   single COUNT MS                      one poll a wait, until so many events came
 *   close CODE TEXT   kick PEER CODE TEXT   end   shutdown   flush   state   stats [PEER]   peers   exit
 *
 * One handle at a time. Payloads are runs of one byte, so that a line says all about them; a burst's carry a number.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fastnet/fastnet.h"

enum { WORDS = 24, LINE_BYTES = 4096 };

static FastNetClient client;
static FastNetServer server;
static uint8_t *payload;


static uint32_t number(const char *text) {
    return (uint32_t)strtoul(text, NULL, 10);
}

static void done(FastNetResult result) {
    if (result == FASTNET_OK)
        puts("ok");
    else
        printf("failed %s %s\n", fastnet_result_name(result), fastnet_last_error());
}

static int is(const char *key, const char *name) {
    return strcmp(key, name) == 0;
}

static void set_client(FastNetClientConfig *config, const char *key, const char *value) {
    if (is(key, "ca"))
        config->ca_path = value;
    else if (is(key, "name"))
        config->server_name = value;
    else if (is(key, "flags"))
        config->flags = number(value);
    else if (is(key, "mode"))
        config->io_mode = number(value);
    else if (is(key, "idle"))
        config->idle_policy = number(value);
    else if (is(key, "timeout"))
        config->idle_timeout_ms = number(value);
    else if (is(key, "keepalive"))
        config->keepalive_ms = number(value);
    else if (is(key, "linger"))
        config->linger_ms = number(value);
    else if (is(key, "open"))
        config->open_timeout_ms = number(value);
    else if (is(key, "ring"))
        config->ring_bytes = number(value);
    else if (is(key, "queue"))
        config->send_queue_bytes = number(value);
    else if (is(key, "largest"))
        config->max_reliable_message = number(value);
    else if (is(key, "app"))
        config->app_id = number(value);
    else
        exit(3);
}

static void set_server(FastNetServerConfig *config, const char *key, const char *value) {
    if (is(key, "cert"))
        config->cert_path = value;
    else if (is(key, "key"))
        config->key_path = value;
    else if (is(key, "bind"))
        config->bind_address = value;
    else if (is(key, "tcp"))
        config->tcp_port = (uint16_t)number(value);
    else if (is(key, "udp"))
        config->udp_port = (uint16_t)number(value);
    else if (is(key, "flags"))
        config->flags = number(value);
    else if (is(key, "mode"))
        config->io_mode = number(value);
    else if (is(key, "idle"))
        config->idle_policy = number(value);
    else if (is(key, "peers"))
        config->peers_max = number(value);
    else if (is(key, "ring"))
        config->ring_bytes = number(value);
    else if (is(key, "timeout"))
        config->idle_timeout_ms = number(value);
    else if (is(key, "keepalive"))
        config->keepalive_ms = number(value);
    else
        exit(3);
}

static void open_client(char **words, int count) {
    FastNetClientConfig config;
    fastnet_client_config_init(&config, sizeof config);
    config.host = words[1];
    config.port = (uint16_t)number(words[2]);
    for (int i = 3; i < count; i++) {
        char *value = strchr(words[i], '=');
        *value = 0;
        set_client(&config, words[i], value + 1);
    }
    done(fastnet_client_open(&config, &client));
}

static void open_server(char **words, int count) {
    FastNetServerConfig config;
    fastnet_server_config_init(&config, sizeof config);
    for (int i = 1; i < count; i++) {
        char *value = strchr(words[i], '=');
        *value = 0;
        set_server(&config, words[i], value + 1);
    }
    FastNetResult result = fastnet_server_open(&config, &server);
    if (result == FASTNET_OK)
        printf("ports %u %u\n", fastnet_server_udp_port(server), fastnet_server_tcp_port(server));
    done(result);
}

static FastNetResult send_one(uint32_t peer, FastNetChannel channel, uint32_t size) {
    if (client)
        return fastnet_client_send(client, channel, payload, size);
    if (peer == 0)
        return fastnet_server_broadcast(server, 0, channel, payload, size);
    return fastnet_server_send(server, peer, channel, payload, size);
}

static void send_run(char **words) {
    uint32_t size = number(words[4]);
    memset(payload, (int)number(words[3]), size);
    done(send_one(number(words[1]), (FastNetChannel)number(words[2]), size));
}

/* Numbered messages; says how many were accepted before the first refusal. */
static void burst(char **words) {
    uint32_t count = number(words[3]), sent = 0;
    FastNetResult result = FASTNET_OK;
    memset(payload, 0, number(words[4]));
    for (; sent < count; sent++) {
        memcpy(payload, &sent, sizeof sent);
        result = send_one(number(words[1]), (FastNetChannel)number(words[2]), number(words[4]));
        if (result != FASTNET_OK)
            break;
    }
    printf("sent %u %s\n", sent, fastnet_result_name(result));
    done(FASTNET_OK);
}

static int poll_one(FastNetEvent *event) {
    return client ? (int)fastnet_client_poll(client, event) : (int)fastnet_server_poll(server, event);
}

static FastNetResult wait_one(uint32_t ms) {
    return client ? fastnet_client_wait(client, ms) : fastnet_server_wait(server, ms);
}

static void tell(const FastNetEvent *event) {
    static const char *const names[] = {"none", "connected", "data", "disconnected", "error"};
    if (event->type == FASTNET_EVENT_DATA) {
        uint32_t first = 0;
        int uniform = 1;
        memcpy(&first, event->data, event->data_len < 4 ? event->data_len : 4);
        for (uint32_t i = 1; i < event->data_len; i++)
            uniform = uniform && event->data[i] == event->data[0];
        if (uniform)
            printf("data %u %u %u %u\n", event->peer_id, event->channel, event->data_len ? event->data[0] : 0,
                   event->data_len);
        else
            printf("number %u %u %u %u\n", event->peer_id, event->channel, first, event->data_len);
    } else {
        printf("%s %u %s %s %u %s\n", names[event->type], event->peer_id, fastnet_result_name(event->error_code),
               fastnet_reason_name(event->reason), event->by_peer, event->data ? (const char *)event->data : "");
    }
}

/* Until an event of `type` (0: none is enough) came, or `ms` passed without any. */
static void drain(uint32_t type, uint32_t ms) {
    FastNetEvent event;
    int found = 0;
    while (!found && wait_one(ms) == FASTNET_OK)
        while (poll_one(&event)) {
            tell(&event);
            found = found || (type && event.type == type);
        }
    done(type && !found ? FASTNET_ERROR_TIMEOUT : FASTNET_OK);
}

/* A game that takes one event a wait, and never comes to the end of a drain. */
static void single(uint32_t count, uint32_t ms) {
    FastNetEvent event;
    while (count && wait_one(ms) == FASTNET_OK && poll_one(&event)) {
        tell(&event);
        count--;
    }
    done(count ? FASTNET_ERROR_TIMEOUT : FASTNET_OK);
}

static void stats(char **words, int count) {
    FastNetStats stats;
    memset(&stats, 0, sizeof stats);
    stats.struct_size = sizeof stats;
    FastNetResult result = FASTNET_OK;
    if (client)
        result = fastnet_client_stats(client, &stats);
    else if (count > 1)
        result = fastnet_server_peer_stats(server, number(words[1]), &stats);
    else
        result = fastnet_server_stats(server, &stats);
    printf("stats %u %u %u %u %u %llu %llu %llu %llu %llu %llu %llu %llu %llu %llu %llu\n", stats.rtt_us,
           stats.rtt_min_us, stats.rtt_var_us, stats.send_queue_bytes, stats.recv_queue_bytes,
           (unsigned long long)stats.uptime_us, (unsigned long long)stats.bytes_sent,
           (unsigned long long)stats.bytes_received, (unsigned long long)stats.packets_sent,
           (unsigned long long)stats.packets_received, (unsigned long long)stats.packets_lost,
           (unsigned long long)stats.packets_dropped, (unsigned long long)stats.retransmissions,
           (unsigned long long)stats.messages_sent, (unsigned long long)stats.messages_received,
           (unsigned long long)stats.messages_dropped);
    done(result);
}

static void state(void) {
    if (client)
        printf("state %u %u\n", fastnet_client_state(client), fastnet_client_peer_id(client));
    else
        printf("state %u\n", fastnet_server_peer_count(server));
    done(FASTNET_OK);
}

static void peers(void) {
    FastNetPeerId ids[64];
    char address[64];
    uint32_t count = fastnet_server_peers(server, ids, 64);
    for (uint32_t i = 0; i < count && i < 64; i++) {
        fastnet_server_peer_address(server, ids[i], address, sizeof address);
        printf("peer %u %u %s %u %u\n", ids[i], fastnet_server_peer_state(server, ids[i]), address,
               fastnet_server_max_message(server, ids[i], 0), fastnet_server_max_message(server, ids[i], 1));
    }
    done(FASTNET_OK);
}

static void end(void) {
    if (client)
        fastnet_client_disconnect(client);
    if (server)
        fastnet_server_destroy(server);
    client = NULL;
    server = NULL;
    done(FASTNET_OK);
}

static int obey(char **words, int count) {
    if (is(words[0], "client"))
        open_client(words, count);
    else if (is(words[0], "server"))
        open_server(words, count);
    else if (is(words[0], "send"))
        send_run(words);
    else if (is(words[0], "burst"))
        burst(words);
    else if (is(words[0], "single") && count > 2)
        single(number(words[1]), number(words[2]));
    else if (is(words[0], "drain"))
        drain(0, number(words[1]));
    else if (is(words[0], "until"))
        drain(number(words[1]), number(words[2]));
    else if (is(words[0], "close"))
        done(fastnet_client_close(client, number(words[1]), words[2]));
    else if (is(words[0], "kick"))
        done(fastnet_server_disconnect_peer(server, number(words[1]), number(words[2]), words[3]));
    else if (is(words[0], "flush"))
        done(client ? fastnet_client_flush(client) : fastnet_server_flush(server));
    else if (is(words[0], "stats"))
        stats(words, count);
    else if (is(words[0], "state"))
        state();
    else if (is(words[0], "peers"))
        peers();
    else if (is(words[0], "init"))
        done(fastnet_init(number(words[1])));
    else if (is(words[0], "end"))
        end();
    else if (is(words[0], "shutdown")) {
        fastnet_shutdown();
        client = NULL;
        server = NULL;
        done(FASTNET_OK);
    } else
        return 1;
    return 0;
}

static void FASTNET_CALL on_log(FastNetLogLevel level, const char *message, void *user_data) {
    (void)user_data;
    fprintf(stderr, "log %u %s\n", level, message);
}

int main(void) {
    static char line[LINE_BYTES];
    payload = malloc(32u << 20);
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    fastnet_log_set(FASTNET_LOG_INFO, on_log, NULL);
    while (payload && fgets(line, sizeof line, stdin)) {
        char *words[WORDS] = {NULL};
        int count = 0;
        for (char *word = strtok(line, " \n"); word && count < WORDS; word = strtok(NULL, " \n"))
            words[count++] = word;
        if (count == 0 || obey(words, count))
            break;
        fflush(stdout);
    }
    return 0; /* With whatever handles are left: the exit handler says goodbye. */
}
