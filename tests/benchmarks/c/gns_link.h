/* What gns.c needs of GameNetworkingSockets, whose own interface is for C++: one connection, seen from either end. */
#ifndef GNS_LINK_H
#define GNS_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Prepare the library; its background thread is off, and `gns_turn` does its work. False: it will not start. */
bool gns_start(void);
/* Listen on loopback; returns the port, 0 if it failed. */
uint16_t gns_listen(void);
/* Call a server and wait until it has answered, at most 10 s. */
bool gns_connect(uint16_t port);
/* Receive, send and keep timers; sleeps at most timeout_ms for something to do. */
void gns_turn(int timeout_ms);
/* One message; batched: it may wait to share a datagram. */
bool gns_send(const void *data, size_t size, bool reliable, bool batched);
/* One message that arrived, valid until the next call; its size, or -1 for none. */
long gns_receive(const void **data);

#ifdef __cplusplus
}
#endif
#endif
