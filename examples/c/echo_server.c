/* A server that sends everything back: `echo_server [UDP_PORT TCP_PORT [CERT KEY]]`, until it is stopped.
 *
 * Without a certificate it takes the one that `fastnet cert` makes for development. Port 0 is any free one.
 */
#include "fastnet.h"

#include <stdlib.h>

static int failed(const char *what) {
    printf("%s: %s: %s\n", what, fastnet_result_name(fastnet_last_result()), fastnet_last_error());
    return 1;
}

static FastNetServer create(int argc, char **argv) {
    uint16_t udp = (uint16_t)(argc > 2 ? atoi(argv[1]) : 7777);
    uint16_t tcp = (uint16_t)(argc > 2 ? atoi(argv[2]) : 7778);
    return fastnet_server_create(udp, tcp, argc > 4 ? argv[3] : NULL, argc > 4 ? argv[4] : NULL);
}

static void answer(FastNetServer server, const FastNetEvent *event) {
    switch (event->type) {
    case FASTNET_EVENT_CONNECTED:
        printf("Peer %u connected\n", event->peer_id);
        break;
    case FASTNET_EVENT_DATA:
        if (fastnet_server_send(server, event->peer_id, event->channel, event->data, event->data_len) != FASTNET_OK)
            failed("send");
        break;
    case FASTNET_EVENT_DISCONNECTED:
        printf("Peer %u disconnected: %s\n", event->peer_id, fastnet_reason_name(event->reason));
        break;
    case FASTNET_EVENT_ERROR:
        printf("The server failed: %s\n", (const char *)event->data);
        break;
    default: /* kinds that a newer library may add */
        break;
    }
    fflush(stdout);
}

int main(int argc, char **argv) {
    FastNetServer server = create(argc, argv);
    if (!server)
        return failed("create");
    printf("UDP port %u, clients connect to TCP port %u\n", fastnet_server_udp_port(server),
           fastnet_server_tcp_port(server));
    fflush(stdout);
    FastNetResult waited = FASTNET_OK;
    while (waited != FASTNET_ERROR_CLOSED) {
        FastNetEvent event;
        while (fastnet_server_poll(server, &event))
            answer(server, &event);
        waited = fastnet_server_wait(server, 1000);
    }
    fastnet_server_destroy(server);
    fastnet_shutdown();
    return 0;
}
