using System;
using System.Runtime.InteropServices;

namespace FastNet
{
    /// <summary>
    /// Many clients on one UDP port, with a TCP port for handshakes. Poll every frame:
    /// <code>while (server.TryPoll(out FastNetEvent e)) { ... }</code>
    /// </summary>
    public sealed unsafe partial class FastNetServer : IDisposable
    {
        private readonly FastNetHandle _handle;

        private FastNetServer(IntPtr handle)
        {
            _handle = new FastNetHandle(handle, true);
        }

        private IntPtr Raw => _handle.IsClosed ? IntPtr.Zero : _handle.Raw;

        /// <summary>
        /// Binds both ports (0: any free one) and listens. Throws <see cref="FastNetException"/>, whose text says what to
        /// do: another program has the port, a file is missing, ..
        /// </summary>
        public static FastNetServer Listen(int udpPort, int tcpPort, FastNetServerOptions options = null)
        {
            FastNetLibrary.Check();
            if (udpPort < 0 || udpPort > 65535 || tcpPort < 0 || tcpPort > 65535)
                throw new ArgumentOutOfRangeException(nameof(udpPort), "a port is between 0 and 65535");
            options = options ?? new FastNetServerOptions();
            FastNetLibrary.Throw(options.Open((ushort)udpPort, (ushort)tcpPort, out IntPtr handle));
            return new FastNetServer(handle);
        }

        /// <summary>The next event. False ends the drain: what comes later is for the next frame.</summary>
        public bool TryPoll(out FastNetEvent happened)
        {
            NativeEvent raw = default;
            bool there = Native.fastnet_server_poll(Raw, &raw) != 0;
            happened = new FastNetEvent(in raw);
            return there;
        }

        /// <summary>Ends one connection. Code 0 means kicked; 1000 to 2999 are your own.</summary>
        public FastNetResult DisconnectPeer(uint peerId, uint code = 0, string message = null)
        {
            fixed (byte* bytes = Utf8.Bytes(message))
                return Native.fastnet_server_disconnect_peer(Raw, peerId, code, bytes);
        }

        /// <summary>Writes the ids of connected peers, ascending; returns how many there are, which may be more than fit.</summary>
        public int GetPeers(Span<uint> peers)
        {
            fixed (uint* ids = &MemoryMarshal.GetReference(peers))
                return (int)Native.fastnet_server_peers(Raw, ids, (uint)peers.Length);
        }

        /// <summary>The address and port of a peer; empty if unknown. Allocates a string.</summary>
        public string GetPeerAddress(uint peerId)
        {
            byte* text = stackalloc byte[128];
            text[0] = 0;
            Native.fastnet_server_peer_address(Raw, peerId, text, 128);
            return Utf8.Text(text);
        }

        /// <summary>Figures of one peer. Fails when it is unknown.</summary>
        public FastNetResult GetPeerStats(uint peerId, out FastNetStats stats)
        {
            stats = default;
            stats.StructSize = (uint)sizeof(FastNetStats);
            fixed (FastNetStats* filled = &stats)
                return Native.fastnet_server_peer_stats(Raw, peerId, filled);
        }

        /// <summary>Figures summed over all peers.</summary>
        public FastNetResult GetStats(out FastNetStats stats)
        {
            stats = default;
            stats.StructSize = (uint)sizeof(FastNetStats);
            fixed (FastNetStats* filled = &stats)
                return Native.fastnet_server_stats(Raw, filled);
        }

        /// <summary>Goodbye to everybody, and the ports are free.</summary>
        public void Dispose()
        {
            _handle.Dispose();
        }
    }
}
