/* The wake-up object on macOS: a UDP socket on the loopback interface, connected to itself; the core empties it by
 * receiving. Compiles; untested on hardware.
 */
#ifdef __APPLE__
#include "inside.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

static bool connect_to_itself(int self) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    return bind(self, (struct sockaddr *)&address, size) == 0 &&
           getsockname(self, (struct sockaddr *)&address, &size) == 0 &&
           connect(self, (struct sockaddr *)&address, size) == 0 && fcntl(self, F_SETFD, FD_CLOEXEC) == 0 &&
           fcntl(self, F_SETFL, O_NONBLOCK) == 0;
}

bool fn_wake_open(intptr_t *handle) {
    int self = socket(AF_INET, SOCK_DGRAM, 0);
    *handle = self;
    if (self == -1 || connect_to_itself(self))
        return self != -1;
    close(self);
    *handle = -1;
    return false;
}

void fn_wake_signal(intptr_t handle) {
    ssize_t sent = send((int)handle, "", 1, 0);
    (void)sent; /* Fails only when it is full of wake-ups already. */
}

void fn_wake_close(intptr_t handle) {
    close((int)handle);
}
#endif
