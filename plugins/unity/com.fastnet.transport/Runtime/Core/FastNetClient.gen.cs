// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate unity
using System;
using System.Runtime.InteropServices;

namespace FastNet
{
    public sealed unsafe partial class FastNetClient
    {
        /// <summary>Wait until FastNetClient.TryPoll has an event. One thread at a time per handle. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.Timeout, FastNetResult.Busy, FastNetResult.Closed, FastNetResult.Runtime, FastNetResult.Cancelled.</summary>
        /// <param name="timeoutMs">How long at most; none is for ever. `OFF` means none.</param>
        /// <returns>FastNetResult.Ok with an event to poll.</returns>
        public FastNetResult Wait(uint timeoutMs)
        {
            return Native.fastnet_client_wait(Raw, timeoutMs);
        }

        /// <summary>End the present or the next wait. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.Busy, FastNetResult.Runtime.</summary>
        /// <returns>FastNetResult.Ok once done.</returns>
        public FastNetResult Wake()
        {
            return Native.fastnet_client_wake(Raw);
        }

        /// <summary>Queue one message for the server. The bytes are copied before the call returns. FastNetChannel says what delivery is promised. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.NotConnected, FastNetResult.InvalidHandle, FastNetResult.WouldBlock, FastNetResult.TooLarge, FastNetResult.Busy, FastNetResult.Closed, FastNetResult.Runtime, FastNetResult.NoChannel.</summary>
        /// <param name="channel">Delivery class.</param>
        /// <param name="data">The message. NULL if empty.</param>
        /// <returns>FastNetResult.Ok once queued.</returns>
        public FastNetResult Send(FastNetChannel channel, ReadOnlySpan<byte> data)
        {
            fixed (byte* dataBytes = &MemoryMarshal.GetReference(data))
            {
                return Native.fastnet_client_send(Raw, channel, dataBytes, (uint)data.Length);
            }
        }

        /// <summary>Send now what waits. Needed under FastNetClientFlags.ManualFlush, and useful under FastNetIdlePolicy.Tick. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.Busy, FastNetResult.Runtime.</summary>
        /// <returns>FastNetResult.Ok once asked for.</returns>
        public FastNetResult Flush()
        {
            return Native.fastnet_client_flush(Raw);
        }

        /// <summary>Where the connection is in its life. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.Busy, FastNetResult.Runtime.</summary>
        /// <returns>FastNetState.Closed for a bad handle.</returns>
        public FastNetState State => Native.fastnet_client_state(Raw);

        /// <summary>The number that the server gave to this client. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.Busy, FastNetResult.Runtime.</summary>
        /// <returns>0 before CONNECTED.</returns>
        public uint PeerId => Native.fastnet_client_peer_id(Raw);

        /// <summary>The smoothed round trip. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.Busy, FastNetResult.Runtime.</summary>
        /// <returns>0 before the first sample.</returns>
        public ulong RttUs => Native.fastnet_client_rtt_us(Raw);

        /// <summary>The longest message that a channel takes, as agreed with the server. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.Busy, FastNetResult.Runtime, FastNetResult.NoChannel.</summary>
        /// <param name="channel">The channel.</param>
        /// <returns>0 before CONNECTED.</returns>
        public uint MaxMessage(FastNetChannel channel)
        {
            return Native.fastnet_client_max_message(Raw, channel);
        }

    }
}
