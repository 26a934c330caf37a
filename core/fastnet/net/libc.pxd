"""The C functions that clock.py and udp.py may call; nothing else."""
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t

cdef extern from *:
    """
    #include <stdint.h>
    #include <time.h>
    static inline uint64_t fastnet_clock_ns(clockid_t clock) {
        struct timespec t;
        clock_gettime(clock, &t);  /* Cannot fail: the clock exists and the pointer is ours. */
        return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
    }
    """
    int CLOCK_MONOTONIC
    int CLOCK_REALTIME
    uint64_t fastnet_clock_ns(int clock) noexcept nogil

cdef extern from "endian.h" nogil:
    uint64_t htobe64(uint64_t)
    uint64_t be64toh(uint64_t)

cdef extern from "arpa/inet.h" nogil:
    uint16_t htons(uint16_t)
    uint16_t ntohs(uint16_t)
    uint32_t htonl(uint32_t)
    uint32_t ntohl(uint32_t)

cdef extern from "sys/socket.h" nogil:
    int AF_INET, AF_INET6, MSG_DONTWAIT
    ctypedef unsigned int socklen_t
    struct sockaddr:
        pass
    struct iovec:
        void* iov_base
        size_t iov_len
    struct msghdr:
        void* msg_name
        socklen_t msg_namelen
        iovec* msg_iov
        size_t msg_iovlen
        void* msg_control
        size_t msg_controllen
        int msg_flags
    struct mmsghdr:
        msghdr msg_hdr
        unsigned int msg_len
    struct cmsghdr:
        size_t cmsg_len
        int cmsg_level
        int cmsg_type
    cmsghdr* CMSG_FIRSTHDR(msghdr*)
    cmsghdr* CMSG_NXTHDR(msghdr*, cmsghdr*)
    void* CMSG_DATA(cmsghdr*)
    size_t CMSG_LEN(size_t)
    size_t CMSG_SPACE(size_t)
    ssize_t send(int, const void*, size_t, int)
    ssize_t recv(int, void*, size_t, int)
    ssize_t sendto(int, const void*, size_t, int, const sockaddr*, socklen_t)
    ssize_t recvfrom(int, void*, size_t, int, sockaddr*, socklen_t*)
    ssize_t sendmsg(int, const msghdr*, int)
    ssize_t recvmsg(int, msghdr*, int)
    int sendmmsg(int, mmsghdr*, unsigned int, int)
    int recvmmsg(int, mmsghdr*, unsigned int, int, void*)

cdef extern from "netinet/in.h" nogil:
    int IPPROTO_IP, IPPROTO_IPV6, IP_PKTINFO, IPV6_PKTINFO
    struct in_addr:
        uint32_t s_addr
    struct in6_addr:
        uint8_t s6_addr[16]
    struct sockaddr_in:
        unsigned short sin_family
        uint16_t sin_port
        in_addr sin_addr
    struct sockaddr_in6:
        unsigned short sin6_family
        uint16_t sin6_port
        uint32_t sin6_flowinfo
        in6_addr sin6_addr
        uint32_t sin6_scope_id
    struct in_pktinfo:
        unsigned int ipi_ifindex
        in_addr ipi_spec_dst
        in_addr ipi_addr
    struct in6_pktinfo:
        in6_addr ipi6_addr
        unsigned int ipi6_ifindex

cdef extern from "poll.h" nogil:
    struct timespec:
        long tv_sec
        long tv_nsec
    struct pollfd:
        int fd
        short events
        short revents
    short POLLIN
    int ppoll(pollfd*, unsigned long, const timespec*, const void*)

cdef extern from "sys/eventfd.h" nogil:
    int EFD_CLOEXEC, EFD_NONBLOCK
    int eventfd(unsigned int, int)

cdef extern from "sys/epoll.h" nogil:
    """
    /* ppoll's nanoseconds for an epoll: Linux 5.11; glibc has a name for it only from 2.35 on. */
    #ifdef __linux__
    #include <sys/syscall.h>
    #include <unistd.h>
    #ifndef SYS_epoll_pwait2
    #define SYS_epoll_pwait2 441
    #endif
    static inline int fastnet_epoll_wait(int epoll, struct epoll_event *found, int room, const struct timespec *limit) {
        return (int)syscall(SYS_epoll_pwait2, epoll, found, room, limit, NULL, 0);
    }
    #endif
    """
    int EPOLL_CLOEXEC, EPOLL_CTL_ADD, EPOLLIN, EPOLLET
    union epoll_data:
        uint64_t u64
    struct epoll_event:
        uint32_t events
        epoll_data data
    int epoll_create1(int)
    int epoll_ctl(int, int, int, epoll_event*)
    int fastnet_epoll_wait(int, epoll_event*, int, const timespec*)

cdef extern from "unistd.h" nogil:
    ssize_t read(int, void*, size_t)
    ssize_t write(int, const void*, size_t)
    int close(int)

cdef extern from *:
    """
    #ifndef FASTNET_BUILD
    #define FASTNET_BUILD "unknown"
    #endif
    """
    const char* FASTNET_BUILD
