// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate unity
using System;
using System.Runtime.InteropServices;

namespace FastNet
{
    /// <summary>The functions of the C library, as they are. Everything here is blittable; nothing allocates.</summary>
    internal static unsafe class Native
    {
#if UNITY_IOS && !UNITY_EDITOR
        internal const string Lib = "__Internal";
#else
        internal const string Lib = "fastnet";
#endif
        internal const uint AbiRevision = 1;
        internal const ulong AbiHash = 0x86ec0ebc9760d070UL;
        internal const uint Off = 0xFFFFFFFF;

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern uint fastnet_version();

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern byte* fastnet_version_string();

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_abi_check(uint revision, ulong hash);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_init(uint waitMs);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void fastnet_shutdown();

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_runtime_folder_set(byte* path);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern ulong fastnet_time_us();

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern byte* fastnet_result_name(FastNetResult result);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern byte* fastnet_reason_name(FastNetReason reason);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_last_result();

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern byte* fastnet_last_error();

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern uint fastnet_last_error_copy(byte* buffer, uint capacity);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_log_set(FastNetLogLevel level, IntPtr callback, IntPtr userData);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_client_config_init(NativeClientConfig* config, uint structSize);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern IntPtr fastnet_client_connect(byte* host, ushort port);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_client_open(NativeClientConfig* config, IntPtr* outClient);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void fastnet_client_disconnect(IntPtr client);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_client_close(IntPtr client, uint closeCode, byte* message);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern uint fastnet_client_poll(IntPtr client, NativeEvent* outEvent);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_client_wait(IntPtr client, uint timeoutMs);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_client_wake(IntPtr client);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_client_send(IntPtr client, FastNetChannel channel, byte* data, uint dataLen);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_client_flush(IntPtr client);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetState fastnet_client_state(IntPtr client);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern uint fastnet_client_peer_id(IntPtr client);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern ulong fastnet_client_rtt_us(IntPtr client);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern uint fastnet_client_max_message(IntPtr client, FastNetChannel channel);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_client_stats(IntPtr client, FastNetStats* stats);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_server_config_init(NativeServerConfig* config, uint structSize);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern IntPtr fastnet_server_create(ushort udpPort, ushort tcpPort, byte* certPath, byte* keyPath);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_server_open(NativeServerConfig* config, IntPtr* outServer);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void fastnet_server_destroy(IntPtr server);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern uint fastnet_server_poll(IntPtr server, NativeEvent* outEvent);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_server_wait(IntPtr server, uint timeoutMs);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_server_wake(IntPtr server);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_server_flush(IntPtr server);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_server_send(IntPtr server, uint peerId, FastNetChannel channel, byte* data, uint dataLen);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_server_broadcast(IntPtr server, uint except, FastNetChannel channel, byte* data, uint dataLen);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_server_disconnect_peer(IntPtr server, uint peerId, uint closeCode, byte* message);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern uint fastnet_server_peer_count(IntPtr server);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern uint fastnet_server_peers(IntPtr server, uint* buffer, uint capacity);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetState fastnet_server_peer_state(IntPtr server, uint peerId);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern uint fastnet_server_peer_address(IntPtr server, uint peerId, byte* buffer, uint capacity);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern ulong fastnet_server_peer_rtt_us(IntPtr server, uint peerId);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_server_peer_stats(IntPtr server, uint peerId, FastNetStats* stats);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_server_peer_set_user_data(IntPtr server, uint peerId, IntPtr userData);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern IntPtr fastnet_server_peer_user_data(IntPtr server, uint peerId);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern uint fastnet_server_max_message(IntPtr server, uint peerId, FastNetChannel channel);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern FastNetResult fastnet_server_stats(IntPtr server, FastNetStats* stats);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern ushort fastnet_server_udp_port(IntPtr server);

        [DllImport(Lib, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern ushort fastnet_server_tcp_port(IntPtr server);

    }
}
