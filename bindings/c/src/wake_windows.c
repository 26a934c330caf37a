/* The wake-up object on Windows: a UDP socket on the loopback interface, connected to itself, so that one wait can hold
 * it and the core's sockets. The core empties it by receiving.
 */
#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>

#include "inside.h"

static bool connect_to_itself(SOCKET self) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int size = sizeof address;
    u_long non_blocking = 1;
    return bind(self, (struct sockaddr *)&address, size) == 0 &&
           getsockname(self, (struct sockaddr *)&address, &size) == 0 &&
           connect(self, (struct sockaddr *)&address, size) == 0 &&
           ioctlsocket(self, (long)FIONBIO, &non_blocking) == 0;
}

bool fn_wake_open(intptr_t *handle) {
    WSADATA ignored;
    *handle = -1;
    if (WSAStartup(MAKEWORD(2, 2), &ignored) != 0)
        return false;
    SOCKET self =
        WSASocketW(AF_INET, SOCK_DGRAM, IPPROTO_UDP, NULL, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
    if (self != INVALID_SOCKET && connect_to_itself(self)) {
        *handle = (intptr_t)self;
        return true;
    }
    if (self != INVALID_SOCKET)
        closesocket(self);
    WSACleanup();
    return false;
}

void fn_wake_signal(intptr_t handle) {
    (void)send((SOCKET)handle, "", 1, 0);
}

void fn_wake_close(intptr_t handle) {
    closesocket((SOCKET)handle);
    WSACleanup();
}
#endif
