// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate layout_probe

// Prints where the fields of every struct lie, as JSON, as C# marshals them.
using System;
using System.Runtime.InteropServices;

internal static class LayoutProbe
{
    [StructLayout(LayoutKind.Sequential)]
    internal struct FastNetEvent
    {
        internal uint type;
        internal uint peer_id;
        internal uint data_len;
        internal byte channel;
        internal byte reserved0;
        internal byte reserved0_1;
        internal byte reserved0_2;
        internal uint error_code;
        internal uint reason;
        internal uint by_peer;
        internal uint reserved1;
        internal ulong timestamp_us;
        internal IntPtr data;
        internal IntPtr user_data;
        internal IntPtr reserved2;
        internal IntPtr reserved2_1;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct FastNetStats
    {
        internal uint struct_size;
        internal uint rtt_us;
        internal uint rtt_min_us;
        internal uint rtt_var_us;
        internal uint send_queue_bytes;
        internal uint recv_queue_bytes;
        internal ulong uptime_us;
        internal ulong bytes_sent;
        internal ulong bytes_received;
        internal ulong packets_sent;
        internal ulong packets_received;
        internal ulong packets_lost;
        internal ulong packets_dropped;
        internal ulong retransmissions;
        internal ulong messages_sent;
        internal ulong messages_received;
        internal ulong messages_dropped;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct FastNetClientConfig
    {
        internal uint struct_size;
        internal uint flags;
        internal uint io_mode;
        internal uint idle_policy;
        internal uint tick_us;
        internal uint spin_ns;
        internal uint open_timeout_ms;
        internal uint idle_timeout_ms;
        internal uint keepalive_ms;
        internal uint linger_ms;
        internal uint max_reliable_message;
        internal uint max_unreliable_message;
        internal uint send_queue_bytes;
        internal uint ring_bytes;
        internal uint ca_pem_len;
        internal uint pin_count;
        internal uint token_len;
        internal ushort port;
        internal ushort reserved0;
        internal ulong app_id;
        internal IntPtr host;
        internal IntPtr server_name;
        internal IntPtr ca_path;
        internal IntPtr ca_pem;
        internal IntPtr pins;
        internal IntPtr token;
        internal IntPtr user_data;
        internal IntPtr reserved1;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct FastNetServerConfig
    {
        internal uint struct_size;
        internal uint flags;
        internal uint io_mode;
        internal uint idle_policy;
        internal uint tick_us;
        internal uint spin_ns;
        internal uint peers_max;
        internal uint handshake_timeout_ms;
        internal uint idle_timeout_ms;
        internal uint keepalive_ms;
        internal uint linger_ms;
        internal uint max_reliable_message;
        internal uint max_unreliable_message;
        internal uint send_queue_bytes;
        internal uint ring_bytes;
        internal uint cert_pem_len;
        internal uint key_pem_len;
        internal ushort udp_port;
        internal ushort tcp_port;
        internal ulong app_id;
        internal IntPtr bind_address;
        internal IntPtr cert_path;
        internal IntPtr key_path;
        internal IntPtr cert_pem;
        internal IntPtr key_pem;
        internal IntPtr user_data;
    }

    private static void Field(Type type, string name)
    {
        Console.Write(", \"" + name + "\": " + Marshal.OffsetOf(type, name));
    }

    private static void Main()
    {
        Console.Write("{");
        Console.Write("\"FastNetEvent\": {\"size\": " + Marshal.SizeOf(typeof(FastNetEvent)));
        Field(typeof(FastNetEvent), "type");
        Field(typeof(FastNetEvent), "peer_id");
        Field(typeof(FastNetEvent), "data_len");
        Field(typeof(FastNetEvent), "channel");
        Field(typeof(FastNetEvent), "reserved0");
        Field(typeof(FastNetEvent), "error_code");
        Field(typeof(FastNetEvent), "reason");
        Field(typeof(FastNetEvent), "by_peer");
        Field(typeof(FastNetEvent), "reserved1");
        Field(typeof(FastNetEvent), "timestamp_us");
        Field(typeof(FastNetEvent), "data");
        Field(typeof(FastNetEvent), "user_data");
        Field(typeof(FastNetEvent), "reserved2");
        Console.Write("}, ");
        Console.Write("\"FastNetStats\": {\"size\": " + Marshal.SizeOf(typeof(FastNetStats)));
        Field(typeof(FastNetStats), "struct_size");
        Field(typeof(FastNetStats), "rtt_us");
        Field(typeof(FastNetStats), "rtt_min_us");
        Field(typeof(FastNetStats), "rtt_var_us");
        Field(typeof(FastNetStats), "send_queue_bytes");
        Field(typeof(FastNetStats), "recv_queue_bytes");
        Field(typeof(FastNetStats), "uptime_us");
        Field(typeof(FastNetStats), "bytes_sent");
        Field(typeof(FastNetStats), "bytes_received");
        Field(typeof(FastNetStats), "packets_sent");
        Field(typeof(FastNetStats), "packets_received");
        Field(typeof(FastNetStats), "packets_lost");
        Field(typeof(FastNetStats), "packets_dropped");
        Field(typeof(FastNetStats), "retransmissions");
        Field(typeof(FastNetStats), "messages_sent");
        Field(typeof(FastNetStats), "messages_received");
        Field(typeof(FastNetStats), "messages_dropped");
        Console.Write("}, ");
        Console.Write("\"FastNetClientConfig\": {\"size\": " + Marshal.SizeOf(typeof(FastNetClientConfig)));
        Field(typeof(FastNetClientConfig), "struct_size");
        Field(typeof(FastNetClientConfig), "flags");
        Field(typeof(FastNetClientConfig), "io_mode");
        Field(typeof(FastNetClientConfig), "idle_policy");
        Field(typeof(FastNetClientConfig), "tick_us");
        Field(typeof(FastNetClientConfig), "spin_ns");
        Field(typeof(FastNetClientConfig), "open_timeout_ms");
        Field(typeof(FastNetClientConfig), "idle_timeout_ms");
        Field(typeof(FastNetClientConfig), "keepalive_ms");
        Field(typeof(FastNetClientConfig), "linger_ms");
        Field(typeof(FastNetClientConfig), "max_reliable_message");
        Field(typeof(FastNetClientConfig), "max_unreliable_message");
        Field(typeof(FastNetClientConfig), "send_queue_bytes");
        Field(typeof(FastNetClientConfig), "ring_bytes");
        Field(typeof(FastNetClientConfig), "ca_pem_len");
        Field(typeof(FastNetClientConfig), "pin_count");
        Field(typeof(FastNetClientConfig), "token_len");
        Field(typeof(FastNetClientConfig), "port");
        Field(typeof(FastNetClientConfig), "reserved0");
        Field(typeof(FastNetClientConfig), "app_id");
        Field(typeof(FastNetClientConfig), "host");
        Field(typeof(FastNetClientConfig), "server_name");
        Field(typeof(FastNetClientConfig), "ca_path");
        Field(typeof(FastNetClientConfig), "ca_pem");
        Field(typeof(FastNetClientConfig), "pins");
        Field(typeof(FastNetClientConfig), "token");
        Field(typeof(FastNetClientConfig), "user_data");
        Field(typeof(FastNetClientConfig), "reserved1");
        Console.Write("}, ");
        Console.Write("\"FastNetServerConfig\": {\"size\": " + Marshal.SizeOf(typeof(FastNetServerConfig)));
        Field(typeof(FastNetServerConfig), "struct_size");
        Field(typeof(FastNetServerConfig), "flags");
        Field(typeof(FastNetServerConfig), "io_mode");
        Field(typeof(FastNetServerConfig), "idle_policy");
        Field(typeof(FastNetServerConfig), "tick_us");
        Field(typeof(FastNetServerConfig), "spin_ns");
        Field(typeof(FastNetServerConfig), "peers_max");
        Field(typeof(FastNetServerConfig), "handshake_timeout_ms");
        Field(typeof(FastNetServerConfig), "idle_timeout_ms");
        Field(typeof(FastNetServerConfig), "keepalive_ms");
        Field(typeof(FastNetServerConfig), "linger_ms");
        Field(typeof(FastNetServerConfig), "max_reliable_message");
        Field(typeof(FastNetServerConfig), "max_unreliable_message");
        Field(typeof(FastNetServerConfig), "send_queue_bytes");
        Field(typeof(FastNetServerConfig), "ring_bytes");
        Field(typeof(FastNetServerConfig), "cert_pem_len");
        Field(typeof(FastNetServerConfig), "key_pem_len");
        Field(typeof(FastNetServerConfig), "udp_port");
        Field(typeof(FastNetServerConfig), "tcp_port");
        Field(typeof(FastNetServerConfig), "app_id");
        Field(typeof(FastNetServerConfig), "bind_address");
        Field(typeof(FastNetServerConfig), "cert_path");
        Field(typeof(FastNetServerConfig), "key_path");
        Field(typeof(FastNetServerConfig), "cert_pem");
        Field(typeof(FastNetServerConfig), "key_pem");
        Field(typeof(FastNetServerConfig), "user_data");
        Console.Write("}");
        Console.WriteLine("}");
    }
}
