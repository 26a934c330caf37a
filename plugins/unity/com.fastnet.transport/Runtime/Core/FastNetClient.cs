using System;

namespace FastNet
{
    /// <summary>
    /// One connection to a server. <see cref="Connect"/> returns at once; poll every frame:
    /// <code>while (client.TryPoll(out FastNetEvent e)) { ... }</code>
    /// Nothing here allocates but strings and copies that you ask for.
    /// </summary>
    public sealed unsafe partial class FastNetClient : IDisposable
    {
        private readonly FastNetHandle _handle;

        private FastNetClient(IntPtr handle)
        {
            _handle = new FastNetHandle(handle, false);
        }

        private IntPtr Raw => _handle.IsClosed ? IntPtr.Zero : _handle.Raw;

        /// <summary>
        /// Begins to connect to the server's TCP port; Connected or Disconnected follows as an event. Throws
        /// <see cref="FastNetException"/> or ArgumentException for what can never work; the text says what to do.
        /// </summary>
        public static FastNetClient Connect(string host, int port, FastNetClientOptions options = null)
        {
            FastNetLibrary.Check();
            if (port < 1 || port > 65535)
                throw new ArgumentOutOfRangeException(nameof(port), "a port is between 1 and 65535");
            FastNetResult result = (options ?? new FastNetClientOptions()).Open(host, (ushort)port, out IntPtr handle);
            FastNetLibrary.Throw(result);
            return new FastNetClient(handle);
        }

        /// <summary>The next event. False ends the drain: what comes later is for the next frame.</summary>
        public bool TryPoll(out FastNetEvent happened)
        {
            NativeEvent raw = default;
            bool there = Native.fastnet_client_poll(Raw, &raw) != 0;
            happened = new FastNetEvent(in raw);
            return there;
        }

        /// <summary>
        /// Says goodbye after sending what is queued; Disconnected follows while you go on polling. Code 0, or your own
        /// from 1000 to 2999; the message at most 256 bytes of UTF-8.
        /// </summary>
        public FastNetResult Close(uint code = 0, string message = null)
        {
            fixed (byte* bytes = Utf8.Bytes(message))
                return Native.fastnet_client_close(Raw, code, bytes);
        }

        /// <summary>Figures of the connection. Fails once the handle has ended.</summary>
        public FastNetResult GetStats(out FastNetStats stats)
        {
            stats = default;
            stats.StructSize = (uint)sizeof(FastNetStats);
            fixed (FastNetStats* filled = &stats)
                return Native.fastnet_client_stats(Raw, filled);
        }

        /// <summary>The smoothed round trip in milliseconds; 0 before the first sample.</summary>
        public double RttMs => RttUs / 1000.0;

        /// <summary>Goodbye, and the handle ends. What is queued still arrives.</summary>
        public void Dispose()
        {
            _handle.Dispose();
        }
    }
}
