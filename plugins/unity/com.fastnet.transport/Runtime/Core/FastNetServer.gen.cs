// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate unity
using System;
using System.Runtime.InteropServices;

namespace FastNet
{
    public sealed unsafe partial class FastNetServer
    {
        /// <summary>Wait until FastNetServer.TryPoll has an event. One thread at a time per handle. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.Timeout, FastNetResult.Busy, FastNetResult.Closed, FastNetResult.Runtime, FastNetResult.Cancelled.</summary>
        /// <param name="timeoutMs">How long at most; none is for ever. `OFF` means none.</param>
        /// <returns>FastNetResult.Ok with an event to poll.</returns>
        public FastNetResult Wait(uint timeoutMs)
        {
            return Native.fastnet_server_wait(Raw, timeoutMs);
        }

        /// <summary>End the present or the next wait. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.Busy, FastNetResult.Runtime.</summary>
        /// <returns>FastNetResult.Ok once done.</returns>
        public FastNetResult Wake()
        {
            return Native.fastnet_server_wake(Raw);
        }

        /// <summary>Send now what waits. Needed under FastNetServerFlags.ManualFlush, and useful under FastNetIdlePolicy.Tick. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.Busy, FastNetResult.Runtime.</summary>
        /// <returns>FastNetResult.Ok once asked for.</returns>
        public FastNetResult Flush()
        {
            return Native.fastnet_server_flush(Raw);
        }

        /// <summary>Queue one message for a peer. The bytes are copied before the call returns. FastNetChannel says what delivery is promised. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.NotConnected, FastNetResult.InvalidHandle, FastNetResult.WouldBlock, FastNetResult.TooLarge, FastNetResult.UnknownPeer, FastNetResult.Busy, FastNetResult.Closed, FastNetResult.Runtime, FastNetResult.NoChannel.</summary>
        /// <param name="peerId">The peer.</param>
        /// <param name="channel">Delivery class.</param>
        /// <param name="data">The message. NULL if empty.</param>
        /// <returns>FastNetResult.Ok once queued.</returns>
        public FastNetResult Send(uint peerId, FastNetChannel channel, ReadOnlySpan<byte> data)
        {
            fixed (byte* dataBytes = &MemoryMarshal.GetReference(data))
            {
                return Native.fastnet_server_send(Raw, peerId, channel, dataBytes, (uint)data.Length);
            }
        }

        /// <summary>Queue one message for all peers. On a reliable channel either all peers get it or none, and then the result is FastNetResult.WouldBlock. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.WouldBlock, FastNetResult.TooLarge, FastNetResult.Busy, FastNetResult.Closed, FastNetResult.Runtime, FastNetResult.NoChannel.</summary>
        /// <param name="except">A peer to leave out; 0 is nobody.</param>
        /// <param name="channel">Delivery class.</param>
        /// <param name="data">The message. NULL if empty.</param>
        /// <returns>FastNetResult.Ok once queued.</returns>
        public FastNetResult Broadcast(uint except, FastNetChannel channel, ReadOnlySpan<byte> data)
        {
            fixed (byte* dataBytes = &MemoryMarshal.GetReference(data))
            {
                return Native.fastnet_server_broadcast(Raw, except, channel, dataBytes, (uint)data.Length);
            }
        }

        /// <summary>How many peers are connected now. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.Busy, FastNetResult.Runtime.</summary>
        /// <returns>0 for a bad handle.</returns>
        public uint PeerCount => Native.fastnet_server_peer_count(Raw);

        /// <summary>Where a peer is in its life. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.UnknownPeer, FastNetResult.Busy, FastNetResult.Runtime.</summary>
        /// <param name="peerId">The peer.</param>
        /// <returns>FastNetState.Closed if unknown.</returns>
        public FastNetState PeerState(uint peerId)
        {
            return Native.fastnet_server_peer_state(Raw, peerId);
        }

        /// <summary>The smoothed round trip to a peer. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.UnknownPeer, FastNetResult.Busy, FastNetResult.Runtime.</summary>
        /// <param name="peerId">The peer.</param>
        /// <returns>0 before the first sample, or if unknown.</returns>
        public ulong PeerRttUs(uint peerId)
        {
            return Native.fastnet_server_peer_rtt_us(Raw, peerId);
        }

        /// <summary>The longest message that a channel takes, as agreed with a peer. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.UnknownPeer, FastNetResult.Busy, FastNetResult.Runtime, FastNetResult.NoChannel.</summary>
        /// <param name="peerId">The peer; 0 asks for the server's own limit.</param>
        /// <param name="channel">The channel.</param>
        /// <returns>0 if unknown.</returns>
        public uint MaxMessage(uint peerId, FastNetChannel channel)
        {
            return Native.fastnet_server_max_message(Raw, peerId, channel);
        }

        /// <summary>The port for messages, the real one after asking for port 0. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.Busy, FastNetResult.Runtime.</summary>
        /// <returns>0 for a bad handle.</returns>
        public ushort UdpPort => Native.fastnet_server_udp_port(Raw);

        /// <summary>The port for handshakes, the real one after asking for port 0. Any thread, any time. Fails with FastNetResult.InvalidArgument, FastNetResult.InvalidHandle, FastNetResult.Busy, FastNetResult.Runtime.</summary>
        /// <returns>0 for a bad handle.</returns>
        public ushort TcpPort => Native.fastnet_server_tcp_port(Raw);

    }
}
