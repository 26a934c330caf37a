/* GameNetworkingSockets for gns.c. At its best: turns in our own thread, no limit of the sending rate, big buffers. */
#include "gns_link.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <steam/isteamnetworkingutils.h>
#include <steam/steamnetworkingsockets.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Exported by the library, and used by its own tests; no header declares them. */
extern "C" void SteamNetworkingSockets_SetManualPollMode(bool on);
extern "C" void SteamNetworkingSockets_Poll(int timeout_ms);

namespace {
const int RATE_MAX = 0x10000000; /* Bytes a second. */
const int BUFFER_BYTES = 16 << 20, MESSAGES_MAX = 1 << 16;
const int CONNECT_S = 10, ATTEMPTS = 10;

ISteamNetworkingSockets *sockets;
HSteamNetConnection connection = k_HSteamNetConnection_Invalid;
bool connected;
SteamNetworkingMessage_t *held; /* What the caller reads. */

/* A server has one client here: the latest. */
void on_status(SteamNetConnectionStatusChangedCallback_t *change)
{
    switch (change->m_info.m_eState) {
    case k_ESteamNetworkingConnectionState_Connecting:
        if (change->m_info.m_hListenSocket != k_HSteamListenSocket_Invalid) {
            connection = change->m_hConn;
            sockets->AcceptConnection(connection);
        }
        break;
    case k_ESteamNetworkingConnectionState_Connected:
        connected = true;
        break;
    default:
        break;
    }
}

SteamNetworkingIPAddr loopback(uint16_t port)
{
    SteamNetworkingIPAddr address;
    address.SetIPv4(0x7f000001, port);
    return address;
}

/* The library takes no port 0: one that the kernel has just given to a socket of ours, which is closed again. */
uint16_t free_port()
{
    sockaddr_in address = {};
    socklen_t size = sizeof address;
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int probe = socket(AF_INET, SOCK_DGRAM, 0);
    bool found = probe >= 0 && !bind(probe, reinterpret_cast<sockaddr *>(&address), size) &&
                 !getsockname(probe, reinterpret_cast<sockaddr *>(&address), &size);
    close(probe);
    return found ? ntohs(address.sin_port) : 0;
}

void set(ESteamNetworkingConfigValue name, int value)
{
    SteamNetworkingUtils()->SetGlobalConfigValueInt32(name, value);
}
} // namespace

bool gns_start(void)
{
    SteamNetworkingErrMsg why;
    SteamNetworkingSockets_SetManualPollMode(true);
    if (!GameNetworkingSockets_Init(nullptr, why))
        return false;
    sockets = SteamNetworkingSockets();
    set(k_ESteamNetworkingConfig_IP_AllowWithoutAuth, 2); /* No certificates; still encrypted. */
    set(k_ESteamNetworkingConfig_SendRateMin, RATE_MAX);
    set(k_ESteamNetworkingConfig_SendRateMax, RATE_MAX);
    set(k_ESteamNetworkingConfig_SendBufferSize, BUFFER_BYTES);
    set(k_ESteamNetworkingConfig_RecvBufferSize, BUFFER_BYTES);
    set(k_ESteamNetworkingConfig_RecvBufferMessages, MESSAGES_MAX);
    SteamNetworkingUtils()->SetGlobalCallback_SteamNetConnectionStatusChanged(on_status);
    return true;
}

uint16_t gns_listen(void)
{
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        uint16_t port = free_port();
        if (port && sockets->CreateListenSocketIP(loopback(port), 0, nullptr) != k_HSteamListenSocket_Invalid)
            return port;
    }
    return 0;
}

bool gns_connect(uint16_t port)
{
    connection = sockets->ConnectByIPAddress(loopback(port), 0, nullptr);
    time_t end = time(nullptr) + CONNECT_S;
    while (!connected && time(nullptr) < end)
        gns_turn(10);
    return connected;
}

void gns_turn(int timeout_ms)
{
    SteamNetworkingSockets_Poll(timeout_ms);
    sockets->RunCallbacks();
}

bool gns_send(const void *data, size_t size, bool reliable, bool batched)
{
    int flags = reliable ? k_nSteamNetworkingSend_Reliable : k_nSteamNetworkingSend_Unreliable;
    if (!batched)
        flags |= k_nSteamNetworkingSend_NoNagle | k_nSteamNetworkingSend_UseCurrentThread;
    EResult result = sockets->SendMessageToConnection(connection, data, static_cast<uint32>(size), flags, nullptr);
    return result == k_EResultOK;
}

long gns_receive(const void **data)
{
    if (held)
        held->Release();
    held = nullptr;
    if (connection == k_HSteamNetConnection_Invalid ||
        sockets->ReceiveMessagesOnConnection(connection, &held, 1) != 1) {
        held = nullptr;
        return -1;
    }
    *data = held->m_pData;
    return static_cast<long>(held->m_cbSize);
}
