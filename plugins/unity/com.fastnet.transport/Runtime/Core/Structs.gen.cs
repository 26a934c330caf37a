// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate unity
using System;
using System.Runtime.InteropServices;

namespace FastNet
{
    /// <summary>What FastNetClient.TryPoll and FastNetServer.TryPoll report; the library fills all of it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct NativeEvent
    {
        /// <summary>What happened.</summary>
        internal FastNetEventType Type;
        /// <summary>The peer. On a client it is 1, but in CONNECTED the client's own number.</summary>
        internal uint PeerId;
        /// <summary>Length of FastNetEvent.Data in bytes, without the zero byte that follows it.</summary>
        internal uint DataLen;
        /// <summary>DATA: the channel the message came on.</summary>
        internal FastNetChannel Channel;
        internal byte reserved0_0;
        internal byte reserved0_1;
        internal byte reserved0_2;
        /// <summary>DISCONNECTED: 0 if orderly, else the class of the cause. ERROR: the cause.</summary>
        internal FastNetResult ErrorCode;
        /// <summary>DISCONNECTED: why it ended.</summary>
        internal FastNetReason Reason;
        /// <summary>DISCONNECTED: 1 if the other side ended it.</summary>
        internal uint ByPeer;
        internal uint reserved1_0;
        /// <summary>When it was seen, on the clock of fastnet_time_us.</summary>
        internal ulong TimestampUs;
        /// <summary>DATA: the message. DISCONNECTED and ERROR: an explanation in UTF-8. 8-byte aligned.</summary>
        internal byte* Data;
        /// <summary>The peer's if set, else the handle's.</summary>
        internal IntPtr UserData;
        internal IntPtr reserved2_0;
        internal IntPtr reserved2_1;
    }

    /// <summary>Counters since the connection or server began.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct FastNetStats
    {
        /// <summary>Size of this struct in bytes, as the caller knows it.</summary>
        internal uint StructSize;
        /// <summary>Smoothed round trip.</summary>
        public uint RttUs;
        /// <summary>Shortest round trip.</summary>
        public uint RttMinUs;
        /// <summary>How much round trips vary.</summary>
        public uint RttVarUs;
        /// <summary>Accepted and not yet acknowledged or sent.</summary>
        public uint SendQueueBytes;
        /// <summary>Received and not yet polled.</summary>
        public uint RecvQueueBytes;
        /// <summary>Time since the connection or server began.</summary>
        public ulong UptimeUs;
        /// <summary>Payload of UDP datagrams sent.</summary>
        public ulong BytesSent;
        /// <summary>Payload of UDP datagrams accepted.</summary>
        public ulong BytesReceived;
        /// <summary>Datagrams sent.</summary>
        public ulong PacketsSent;
        /// <summary>Datagrams accepted.</summary>
        public ulong PacketsReceived;
        /// <summary>Datagrams sent and taken for lost.</summary>
        public ulong PacketsLost;
        /// <summary>Datagrams refused on arrival: forged, replayed, malformed, unknown.</summary>
        public ulong PacketsDropped;
        /// <summary>Pieces of reliable messages sent again.</summary>
        public ulong Retransmissions;
        /// <summary>Messages sent.</summary>
        public ulong MessagesSent;
        /// <summary>Messages received.</summary>
        public ulong MessagesReceived;
        /// <summary>Messages of unreliable kinds given up: superseded, incomplete, or over budget.</summary>
        public ulong MessagesDropped;
    }

    /// <summary>What FastNetClient.Connect needs to know.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct NativeClientConfig
    {
        /// <summary>Size of this struct in bytes, as the caller knows it.</summary>
        internal uint StructSize;
        /// <summary>Switches.</summary>
        internal FastNetClientFlags Flags;
        /// <summary>Who does the work of the network.</summary>
        internal FastNetIoMode IoMode;
        /// <summary>How the network thread waits.</summary>
        internal FastNetIdlePolicy IdlePolicy;
        /// <summary>FastNetIdlePolicy.Tick: time between two looks.</summary>
        internal uint TickUs;
        /// <summary>FastNetIdlePolicy.Spin: how long to stay awake after the last activity; none is for ever.</summary>
        internal uint SpinNs;
        /// <summary>For name, TCP, TLS and UDP together.</summary>
        internal uint OpenTimeoutMs;
        /// <summary>Silence that ends the connection; none for debuggers.</summary>
        internal uint IdleTimeoutMs;
        /// <summary>Silence after which to say that we are there; at most a third of the idle timeout.</summary>
        internal uint KeepaliveMs;
        /// <summary>How long the end of the handle waits for reliable messages to arrive.</summary>
        internal uint LingerMs;
        /// <summary>Longest message accepted on a reliable channel.</summary>
        internal uint MaxReliableMessage;
        /// <summary>Longest message accepted on the other channels.</summary>
        internal uint MaxUnreliableMessage;
        /// <summary>Budget of each reliable channel, unacknowledged messages included.</summary>
        internal uint SendQueueBytes;
        /// <summary>Room between game and network thread each way.</summary>
        internal uint RingBytes;
        /// <summary>Length of FastNetClientConfig.CaPem.</summary>
        internal uint CaPemLen;
        /// <summary>Number of FastNetClientConfig.Pins.</summary>
        internal uint PinCount;
        /// <summary>Length of FastNetClientConfig.Token.</summary>
        internal uint TokenLen;
        /// <summary>The server's TCP port; the handshake tells the UDP port.</summary>
        internal ushort Port;
        internal ushort reserved0_0;
        /// <summary>Must equal the server's.</summary>
        internal ulong AppId;
        /// <summary>Name or literal address, IPv6 without brackets.</summary>
        internal byte* Host;
        /// <summary>The name that the certificate must have; the default is the host.</summary>
        internal byte* ServerName;
        /// <summary>A PEM file with the only roots to trust.</summary>
        internal byte* CaPath;
        /// <summary>The same from memory.</summary>
        internal byte* CaPem;
        /// <summary>SHA-256 of each public key that is accepted, whatever name and dates say.</summary>
        internal byte* Pins;
        /// <summary>For the server to decide about.</summary>
        internal byte* Token;
        /// <summary>Stored, never read; comes back in events.</summary>
        internal IntPtr UserData;
        internal IntPtr reserved1_0;
    }

    /// <summary>What FastNetServer.Listen needs to know.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct NativeServerConfig
    {
        /// <summary>Size of this struct in bytes, as the caller knows it.</summary>
        internal uint StructSize;
        /// <summary>Switches.</summary>
        internal FastNetServerFlags Flags;
        /// <summary>Who does the work of the network.</summary>
        internal FastNetIoMode IoMode;
        /// <summary>How the network thread waits.</summary>
        internal FastNetIdlePolicy IdlePolicy;
        /// <summary>FastNetIdlePolicy.Tick: time between two looks.</summary>
        internal uint TickUs;
        /// <summary>FastNetIdlePolicy.Spin: how long to stay awake after the last activity; none is for ever.</summary>
        internal uint SpinNs;
        /// <summary>Most peers at a time.</summary>
        internal uint PeersMax;
        /// <summary>How long a handshake may take.</summary>
        internal uint HandshakeTimeoutMs;
        /// <summary>Silence that ends a connection; none for debuggers.</summary>
        internal uint IdleTimeoutMs;
        /// <summary>Silence after which to say that we are there; at most a third of the idle timeout.</summary>
        internal uint KeepaliveMs;
        /// <summary>How long the end of the handle waits for reliable messages to arrive.</summary>
        internal uint LingerMs;
        /// <summary>Longest message accepted on a reliable channel.</summary>
        internal uint MaxReliableMessage;
        /// <summary>Longest message accepted on the other channels.</summary>
        internal uint MaxUnreliableMessage;
        /// <summary>Budget of each reliable channel of each peer, unacknowledged messages included.</summary>
        internal uint SendQueueBytes;
        /// <summary>Room between game and network thread each way, for all peers together.</summary>
        internal uint RingBytes;
        /// <summary>Length of FastNetServerConfig.CertPem.</summary>
        internal uint CertPemLen;
        /// <summary>Length of FastNetServerConfig.KeyPem.</summary>
        internal uint KeyPemLen;
        /// <summary>Port for messages; 0 is any free one.</summary>
        internal ushort UdpPort;
        /// <summary>Port for handshakes; 0 is any free one.</summary>
        internal ushort TcpPort;
        /// <summary>Must equal the clients'.</summary>
        internal ulong AppId;
        /// <summary>A literal address; the default is all interfaces, IPv6 and IPv4.</summary>
        internal byte* BindAddress;
        /// <summary>A PEM file with the certificate and its chain. Without file and memory, this machine's development certificate serves.</summary>
        internal byte* CertPath;
        /// <summary>A PEM file with the private key.</summary>
        internal byte* KeyPath;
        /// <summary>Certificate and chain from memory.</summary>
        internal byte* CertPem;
        /// <summary>The private key from memory.</summary>
        internal byte* KeyPem;
        /// <summary>Stored, never read; comes back in events.</summary>
        internal IntPtr UserData;
    }

}
