/* What libc.pxd asks of Linux, spoken in Winsock: with this folder on the include path the network room compiles for
 * Windows as it is. Built with mingw-w64, tested under wine.
 *
 * Rule 1: errors arrive in errno, under the names the callers know. Rule 2: sockets are non-blocking already, by
 * Python, hence MSG_DONTWAIT is nothing. Rule 3: batches are loops of single calls: Winsock has no other.
 * Rule 4: nobody asks for a datagram's own local address here: udp_setup.py does not turn the notes on.
 */
#ifndef FASTNET_LINUX_SOCKETS_H
#define FASTNET_LINUX_SOCKETS_H

#define WIN32_LEAN_AND_MEAN
#include <winsock2.h>
#include <ws2tcpip.h>

#include <errno.h>
#include <io.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#define MSG_DONTWAIT 0
#define EFD_CLOEXEC 0
#define EFD_NONBLOCK 0
#define htobe64(x) __builtin_bswap64(x)
#define be64toh(x) __builtin_bswap64(x)

struct iovec {
    void *iov_base;
    size_t iov_len;
};

struct msghdr {
    void *msg_name;
    socklen_t msg_namelen;
    struct iovec *msg_iov;
    size_t msg_iovlen;
    void *msg_control;
    size_t msg_controllen;
    int msg_flags;
};

struct mmsghdr {
    struct msghdr msg_hdr;
    unsigned int msg_len;
};

/* Notes beside a datagram: the shapes are there so that the callers compile, none is ever made (rule 4). */
#undef CMSG_FIRSTHDR
#undef CMSG_NXTHDR
#undef CMSG_DATA
#undef CMSG_LEN
#undef CMSG_SPACE
#undef cmsghdr
#define cmsghdr fastnet_cmsghdr
#define in_pktinfo fastnet_in_pktinfo
#define in6_pktinfo fastnet_in6_pktinfo

struct cmsghdr {
    size_t cmsg_len;
    int cmsg_level, cmsg_type;
};

struct in_pktinfo {
    unsigned int ipi_ifindex;
    struct in_addr ipi_spec_dst, ipi_addr;
};

struct in6_pktinfo {
    struct in6_addr ipi6_addr;
    unsigned int ipi6_ifindex;
};

#define CMSG_ALIGNED(size) (((size) + sizeof(size_t) - 1) & ~(sizeof(size_t) - 1))
#define CMSG_FIRSTHDR(header) \
    ((header)->msg_controllen >= sizeof(struct cmsghdr) ? (struct cmsghdr *)(header)->msg_control : NULL)
#define CMSG_NXTHDR(header, note) ((struct cmsghdr *)NULL)
#define CMSG_DATA(note) ((void *)((struct cmsghdr *)(note) + 1))
#define CMSG_LEN(size) (sizeof(struct cmsghdr) + (size))
#define CMSG_SPACE(size) (sizeof(struct cmsghdr) + CMSG_ALIGNED(size))

static inline int fastnet_errno(int code) {
    switch (code) {
    case WSAEWOULDBLOCK: return EAGAIN;
    case WSAEINTR: return EINTR;
    case WSAENOTSOCK:
    case WSAEBADF: return EBADF;
    case WSAECONNRESET: /* Windows' word for "port unreachable" on UDP */
    case WSAENETRESET:
    case WSAECONNREFUSED: return ECONNREFUSED;
    case WSAEMSGSIZE: return EMSGSIZE;
    case WSAENOBUFS: return ENOBUFS;
    case WSAENETUNREACH: return ENETUNREACH;
    case WSAEHOSTUNREACH: return EHOSTUNREACH;
    case WSAENETDOWN: return ENETDOWN;
    case WSAEADDRNOTAVAIL: return EADDRNOTAVAIL;
    case WSAEAFNOSUPPORT: return EAFNOSUPPORT;
    case WSAEACCES: return EACCES;
    case WSAEINVAL: return EINVAL;
    default: return EIO;
    }
}

static inline ptrdiff_t fastnet_result(int result) {
    if (result == SOCKET_ERROR) {
        errno = fastnet_errno(WSAGetLastError());
        return -1;
    }
    return result;
}

static inline ptrdiff_t fastnet_recvfrom(int fd, void *data, size_t size, int flags, struct sockaddr *name,
                                         socklen_t *name_size) {
    int got = recvfrom((SOCKET)fd, (char *)data, (int)size, flags, name, name_size);
    if (got == SOCKET_ERROR && WSAGetLastError() == WSAEMSGSIZE)
        return (ptrdiff_t)size; /* Cut, as Linux cuts: by its size the caller sees that it was too long. */
    return fastnet_result(got);
}

static inline ptrdiff_t fastnet_recv(int fd, void *data, size_t size, int flags) {
    return fastnet_recvfrom(fd, data, size, flags, NULL, NULL);
}

static inline ptrdiff_t fastnet_send(int fd, const void *data, size_t size, int flags) {
    return fastnet_result(send((SOCKET)fd, (const char *)data, (int)size, flags));
}

static inline ptrdiff_t fastnet_sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *name,
                                       socklen_t name_size) {
    return fastnet_result(sendto((SOCKET)fd, (const char *)data, (int)size, flags, name, name_size));
}

static inline ptrdiff_t fastnet_sendmsg(int fd, const struct msghdr *message, int flags) {
    return fastnet_sendto(fd, message->msg_iov->iov_base, message->msg_iov->iov_len, flags,
                          (const struct sockaddr *)message->msg_name, message->msg_namelen);
}

static inline ptrdiff_t fastnet_recvmsg(int fd, struct msghdr *message, int flags) {
    message->msg_controllen = 0;
    return fastnet_recvfrom(fd, message->msg_iov->iov_base, message->msg_iov->iov_len, flags,
                            (struct sockaddr *)message->msg_name, message->msg_name ? &message->msg_namelen : NULL);
}

/* The number of datagrams moved; -1 and errno when the first one failed. */
static inline int fastnet_recvmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags, void *timeout) {
    unsigned int done = 0;
    (void)timeout;
    for (; done < count; done++) {
        ptrdiff_t got = fastnet_recvmsg(fd, &messages[done].msg_hdr, flags);
        if (got < 0)
            break;
        messages[done].msg_len = (unsigned int)got;
    }
    return done > 0 ? (int)done : -1;
}

static inline int fastnet_sendmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags) {
    unsigned int done = 0;
    for (; done < count; done++) {
        ptrdiff_t sent = fastnet_sendmsg(fd, &messages[done].msg_hdr, flags);
        if (sent < 0)
            break;
        messages[done].msg_len = (unsigned int)sent;
    }
    return done > 0 ? (int)done : -1;
}

/* WSAPoll knows milliseconds only; rounded up, for a sleep that ends early would become a busy loop. Negative
 * descriptors are passed over, as poll does; Winsock would call them errors. */
static inline int fastnet_ppoll(struct pollfd *watched, unsigned long count, const struct timespec *limit,
                                const void *mask) {
    WSAPOLLFD asked[64];
    unsigned long places[64], used = 0;
    (void)mask;
    for (unsigned long at = 0; at < count; at++) {
        watched[at].revents = 0;
        if ((intptr_t)watched[at].fd >= 0 && used < 64) {
            asked[used] = watched[at];
            places[used++] = at;
        }
    }
    int64_t ms = limit ? (int64_t)limit->tv_sec * 1000 + (limit->tv_nsec + 999999) / 1000000 : -1;
    int wait_ms = limit == NULL ? -1 : ms > INT_MAX ? INT_MAX : (int)ms;
    if (used == 0) {
        Sleep(wait_ms < 0 ? INFINITE : (DWORD)wait_ms);
        return 0;
    }
    int ready = WSAPoll(asked, used, wait_ms);
    for (unsigned long at = 0; at < used; at++)
        watched[places[at]].revents = asked[at].revents;
    return (int)fastnet_result(ready);
}

/* There is no epoll; its callers then poll. */
#define EPOLL_CLOEXEC 0
#define EPOLL_CTL_ADD 1
#define EPOLLIN 1u
#define EPOLLET 0u

struct epoll_event {
    uint32_t events;
    union epoll_data {
        uint64_t u64;
    } data;
};

static inline int fastnet_no_epoll(void) {
    errno = ENOSYS;
    return -1;
}

#define epoll_create1(flags) fastnet_no_epoll()
#define epoll_ctl(epoll, change, fd, event) fastnet_no_epoll()
#define fastnet_epoll_wait(epoll, events, room, limit) fastnet_no_epoll()

/* A wake-up object: a UDP socket on the loopback interface, connected to itself, so that one wait can hold it and the
 * sockets. Reading empties it. */
static inline int fastnet_eventfd(unsigned int value, int flags) {
    struct sockaddr_in address;
    int size = sizeof address;
    u_long non_blocking = 1;
    (void)value;
    (void)flags;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    DWORD how = WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT;
    SOCKET self = WSASocketW(AF_INET, SOCK_DGRAM, IPPROTO_UDP, NULL, 0, how);
    struct sockaddr *own = (struct sockaddr *)&address;
    if (self == INVALID_SOCKET)
        return -1;
    if (bind(self, own, size) == 0 && getsockname(self, own, &size) == 0 && connect(self, own, size) == 0 &&
        ioctlsocket(self, (long)FIONBIO, &non_blocking) == 0)
        return (int)self;
    closesocket(self);
    return -1;
}

static inline ptrdiff_t fastnet_wake_read(intptr_t fd, void *data, size_t size) {
    char sink[8];
    ptrdiff_t got = -1;
    (void)data;
    (void)size;
    while (recv((SOCKET)fd, sink, sizeof sink, 0) > 0)
        got = (ptrdiff_t)size;
    return got;
}

static inline ptrdiff_t fastnet_wake_write(intptr_t fd, const void *data, size_t size) {
    return send((SOCKET)fd, (const char *)data, (int)size, 0);
}

static inline int fastnet_close(int fd) {
    return closesocket((SOCKET)fd);
}

#define recv fastnet_recv
#define recvfrom fastnet_recvfrom
#define send fastnet_send
#define sendto fastnet_sendto
#define sendmsg fastnet_sendmsg
#define recvmsg fastnet_recvmsg
#define sendmmsg fastnet_sendmmsg
#define recvmmsg fastnet_recvmmsg
#define ppoll fastnet_ppoll
#define eventfd fastnet_eventfd
#define read fastnet_wake_read
#define write fastnet_wake_write
#define close fastnet_close

#endif
