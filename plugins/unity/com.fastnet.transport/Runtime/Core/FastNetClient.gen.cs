// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate unity
using System;
using System.Runtime.InteropServices;

namespace FastNet
{
    public sealed unsafe partial class FastNetClient
    {
        /// <summary>Wait until fastnet_client_poll has an event. One thread at a time per handle. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_TIMEOUT, FASTNET_ERROR_BUSY, FASTNET_ERROR_CLOSED, FASTNET_ERROR_RUNTIME, FASTNET_ERROR_CANCELLED.</summary>
        /// <param name="timeoutMs">How long at most; none is for ever. `OFF` means none.</param>
        /// <returns>FASTNET_OK with an event to poll.</returns>
        public FastNetResult Wait(uint timeoutMs)
        {
            return Native.fastnet_client_wait(Raw, timeoutMs);
        }

        /// <summary>End the present or the next wait. Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.</summary>
        /// <returns>FASTNET_OK once done.</returns>
        public FastNetResult Wake()
        {
            return Native.fastnet_client_wake(Raw);
        }

        /// <summary>Queue one message for the server. The bytes are copied before the call returns. FastNetChannel says what delivery is promised. Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_NOT_CONNECTED, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_WOULD_BLOCK, FASTNET_ERROR_TOO_LARGE, FASTNET_ERROR_BUSY, FASTNET_ERROR_CLOSED, FASTNET_ERROR_RUNTIME, FASTNET_ERROR_NO_CHANNEL.</summary>
        /// <param name="channel">Delivery class.</param>
        /// <param name="data">The message. NULL if empty.</param>
        /// <returns>FASTNET_OK once queued.</returns>
        public FastNetResult Send(FastNetChannel channel, ReadOnlySpan<byte> data)
        {
            fixed (byte* dataBytes = &MemoryMarshal.GetReference(data))
            {
                return Native.fastnet_client_send(Raw, channel, dataBytes, (uint)data.Length);
            }
        }

        /// <summary>Send now what waits. Needed under FASTNET_CLIENT_MANUAL_FLUSH, and useful under FASTNET_IDLE_TICK. Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.</summary>
        /// <returns>FASTNET_OK once asked for.</returns>
        public FastNetResult Flush()
        {
            return Native.fastnet_client_flush(Raw);
        }

        /// <summary>Where the connection is in its life. Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.</summary>
        /// <returns>FASTNET_STATE_CLOSED for a bad handle.</returns>
        public FastNetState State => Native.fastnet_client_state(Raw);

        /// <summary>The number that the server gave to this client. Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.</summary>
        /// <returns>0 before CONNECTED.</returns>
        public uint PeerId => Native.fastnet_client_peer_id(Raw);

        /// <summary>The smoothed round trip. Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.</summary>
        /// <returns>0 before the first sample.</returns>
        public ulong RttUs => Native.fastnet_client_rtt_us(Raw);

        /// <summary>The longest message that a channel takes, as agreed with the server. Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME, FASTNET_ERROR_NO_CHANNEL.</summary>
        /// <param name="channel">The channel.</param>
        /// <returns>0 before CONNECTED.</returns>
        public uint MaxMessage(FastNetChannel channel)
        {
            return Native.fastnet_client_max_message(Raw, channel);
        }

    }
}
