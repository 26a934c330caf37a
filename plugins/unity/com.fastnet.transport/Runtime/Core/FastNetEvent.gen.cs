// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate unity
using System;

namespace FastNet
{
    /// <summary>What FastNetClient.TryPoll and FastNetServer.TryPoll report; the library fills all of it. Valid until the next poll of the same object.</summary>
    public readonly unsafe ref partial struct FastNetEvent
    {
        private readonly NativeEvent _raw;

        internal FastNetEvent(in NativeEvent raw)
        {
            _raw = raw;
        }

        /// <summary>What happened.</summary>
        public FastNetEventType Type => _raw.Type;

        /// <summary>The peer. On a client it is 1, but in CONNECTED the client's own number.</summary>
        public uint PeerId => _raw.PeerId;

        /// <summary>DATA: the channel the message came on.</summary>
        public FastNetChannel Channel => _raw.Channel;

        /// <summary>DISCONNECTED: 0 if orderly, else the class of the cause. ERROR: the cause.</summary>
        public FastNetResult ErrorCode => _raw.ErrorCode;

        /// <summary>DISCONNECTED: why it ended.</summary>
        public FastNetReason Reason => _raw.Reason;

        /// <summary>DISCONNECTED: 1 if the other side ended it.</summary>
        public bool ByPeer => _raw.ByPeer != 0;

        /// <summary>When it was seen, on the clock of fastnet_time_us.</summary>
        public ulong TimestampUs => _raw.TimestampUs;

        /// <summary>DATA: the message. DISCONNECTED and ERROR: an explanation in UTF-8. 8-byte aligned.</summary>
        public ReadOnlySpan<byte> Data => new ReadOnlySpan<byte>(_raw.Data, (int)_raw.DataLen);

        /// <summary>The peer's if set, else the handle's.</summary>
        public IntPtr UserData => _raw.UserData;

    }
}
