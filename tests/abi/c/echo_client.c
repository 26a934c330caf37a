/* Connects, sends one message a channel, waits for all of them to come back, disconnects.
 *
 * usage: echo_client HOST PORT CA_PEM threaded|pumped
 * Prints one line per event and ends with 0 when every echo was right.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fastnet/fastnet.h"

static const uint8_t text[] = "hello, world";

static int fail(const char *what) {
    fprintf(stderr, "%s: %s (%s)\n", what, fastnet_last_error(), fastnet_result_name(fastnet_last_result()));
    return 1;
}

static int send_all(FastNetClient client) {
    for (FastNetChannel channel = 0; channel < 4; channel++)
        if (fastnet_client_send(client, channel, text, sizeof text) != FASTNET_OK)
            return fail("send");
    return 0;
}

static int run(FastNetClient client) {
    int echoes = 0;
    while (echoes < 4) {
        FastNetEvent event;
        if (fastnet_client_wait(client, 10000) != FASTNET_OK)
            return fail("wait");
        while (fastnet_client_poll(client, &event)) {
            if (event.type == FASTNET_EVENT_CONNECTED) {
                printf("connected %u\n", event.peer_id);
                if (send_all(client))
                    return 1;
            } else if (event.type == FASTNET_EVENT_DATA) {
                if (event.data_len != sizeof text || memcmp(event.data, text, sizeof text) != 0)
                    return fail("wrong echo");
                printf("echo %u\n", event.channel);
                echoes++;
            } else {
                fprintf(stderr, "event %u reason %u error %d: %s\n", event.type, event.reason, event.error_code,
                        (const char *)event.data);
                return 1;
            }
        }
    }
    return 0;
}

int main(int argc, char **argv) {
    FastNetClientConfig config;
    FastNetClient client;
    if (argc < 5)
        return 2;
    fastnet_client_config_init(&config, sizeof config);
    config.host = argv[1];
    config.port = (uint16_t)atoi(argv[2]);
    config.ca_path = argv[3];
    config.io_mode = strcmp(argv[4], "pumped") == 0 ? FASTNET_IO_PUMPED : FASTNET_IO_THREADED;
    if (fastnet_client_open(&config, &client) != FASTNET_OK)
        return fail("open");
    if (run(client))
        return 1;
    fastnet_client_disconnect(client);
    fastnet_shutdown();
    puts("done");
    return 0;
}
