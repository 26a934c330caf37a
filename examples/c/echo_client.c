/* A client that says hello on every channel and waits for the echoes: `echo_client [HOST PORT]`.
 *
 * Exit code 0: all four echoes came. A game would poll once a frame; this one sleeps in fastnet_client_wait.
 */
#include "fastnet.h"

#include <stdlib.h>
#include <string.h>

static int failed(const char *what) {
    printf("%s: %s: %s\n", what, fastnet_result_name(fastnet_last_result()), fastnet_last_error());
    return 1;
}

static void say_hello(FastNetClient client) {
    static const char *const texts[] = {"reliable ordered", "unreliable", "reliable unordered", "sequenced"};
    for (FastNetChannel channel = 0; channel < 4; channel++) {
        const char *text = texts[channel];
        if (fastnet_client_send(client, channel, (const uint8_t *)text, (uint32_t)strlen(text)) != FASTNET_OK)
            failed("send");
    }
}

/* One drain; returns how many echoes came, or -1 when the connection is gone. */
static int drain(FastNetClient client) {
    FastNetEvent event;
    int echoes = 0;
    while (fastnet_client_poll(client, &event)) {
        switch (event.type) {
        case FASTNET_EVENT_CONNECTED:
            printf("Connected as peer %u\n", event.peer_id);
            say_hello(client);
            break;
        case FASTNET_EVENT_DATA:
            printf("Channel %u: %.*s\n", event.channel, (int)event.data_len, (const char *)event.data);
            echoes++;
            break;
        case FASTNET_EVENT_DISCONNECTED:
            printf("Disconnected: %s %s\n", fastnet_reason_name(event.reason), (const char *)event.data);
            return -1;
        default: /* kinds that a newer library may add */
            break;
        }
    }
    return echoes;
}

int main(int argc, char **argv) {
    const char *host = argc > 2 ? argv[1] : "127.0.0.1";
    uint16_t port = (uint16_t)(argc > 2 ? atoi(argv[2]) : 7778);
    if (fastnet_abi_check(FASTNET_ABI_REVISION, FASTNET_ABI_HASH) != FASTNET_OK)
        return failed("the library is not the one of this header");
    FastNetClient client = fastnet_client_connect(host, port);
    if (!client)
        return failed("connect");
    int echoes = 0;
    for (int tries = 0; echoes < 4 && tries < 100; tries++) {
        int more = drain(client);
        if (more < 0)
            break;
        echoes += more;
        if (echoes < 4)
            fastnet_client_wait(client, 100);
    }
    fastnet_client_disconnect(client);
    fastnet_shutdown();
    printf("%d echoes\n", echoes);
    return echoes == 4 ? 0 : 1;
}
