using System;

namespace FastNet
{
    /// <summary>
    /// Where a message is copied before the application sees it, used again for each. The application may end the
    /// connection in its handler, and with it the bytes that the library lent.
    /// </summary>
    public sealed class MessageBuffer
    {
        private byte[] _bytes = new byte[4096];

        /// <summary>The message of an event, valid until the next call.</summary>
        public ArraySegment<byte> Copy(in FastNetEvent happened)
        {
            ReadOnlySpan<byte> data = happened.Data;
            if (data.Length > _bytes.Length)
                _bytes = new byte[Math.Max(data.Length, 2 * _bytes.Length)];
            data.CopyTo(_bytes);
            return new ArraySegment<byte>(_bytes, 0, data.Length);
        }
    }
}
