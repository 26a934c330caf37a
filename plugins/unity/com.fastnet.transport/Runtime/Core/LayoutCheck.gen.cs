// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate unity
using System;
using System.Runtime.InteropServices;

namespace FastNet
{
    /// <summary>Compares the layout of the structs with the library's, once, before the first call.</summary>
    internal static unsafe class LayoutCheck
    {
        /// <summary>The name of the first thing that lies elsewhere than in C, or null.</summary>
        internal static string FirstDifference()
        {
            bool wide = sizeof(IntPtr) == 8;
            NativeEvent value1 = default;
            byte* base1 = (byte*)&value1;
            if (sizeof(NativeEvent) != (wide ? 72 : 56)) return "NativeEvent";
            if ((byte*)&value1.Type - base1 != (wide ? 0 : 0)) return "NativeEvent.Type";
            if ((byte*)&value1.PeerId - base1 != (wide ? 4 : 4)) return "NativeEvent.PeerId";
            if ((byte*)&value1.DataLen - base1 != (wide ? 8 : 8)) return "NativeEvent.DataLen";
            if ((byte*)&value1.Channel - base1 != (wide ? 12 : 12)) return "NativeEvent.Channel";
            if ((byte*)&value1.reserved0_0 - base1 != (wide ? 13 : 13)) return "NativeEvent.reserved0_0";
            if ((byte*)&value1.reserved0_1 - base1 != (wide ? 14 : 14)) return "NativeEvent.reserved0_1";
            if ((byte*)&value1.reserved0_2 - base1 != (wide ? 15 : 15)) return "NativeEvent.reserved0_2";
            if ((byte*)&value1.ErrorCode - base1 != (wide ? 16 : 16)) return "NativeEvent.ErrorCode";
            if ((byte*)&value1.Reason - base1 != (wide ? 20 : 20)) return "NativeEvent.Reason";
            if ((byte*)&value1.ByPeer - base1 != (wide ? 24 : 24)) return "NativeEvent.ByPeer";
            if ((byte*)&value1.reserved1_0 - base1 != (wide ? 28 : 28)) return "NativeEvent.reserved1_0";
            if ((byte*)&value1.TimestampUs - base1 != (wide ? 32 : 32)) return "NativeEvent.TimestampUs";
            if ((byte*)&value1.Data - base1 != (wide ? 40 : 40)) return "NativeEvent.Data";
            if ((byte*)&value1.UserData - base1 != (wide ? 48 : 44)) return "NativeEvent.UserData";
            if ((byte*)&value1.reserved2_0 - base1 != (wide ? 56 : 48)) return "NativeEvent.reserved2_0";
            if ((byte*)&value1.reserved2_1 - base1 != (wide ? 64 : 52)) return "NativeEvent.reserved2_1";
            FastNetStats value2 = default;
            byte* base2 = (byte*)&value2;
            if (sizeof(FastNetStats) != (wide ? 112 : 112)) return "FastNetStats";
            if ((byte*)&value2.StructSize - base2 != (wide ? 0 : 0)) return "FastNetStats.StructSize";
            if ((byte*)&value2.RttUs - base2 != (wide ? 4 : 4)) return "FastNetStats.RttUs";
            if ((byte*)&value2.RttMinUs - base2 != (wide ? 8 : 8)) return "FastNetStats.RttMinUs";
            if ((byte*)&value2.RttVarUs - base2 != (wide ? 12 : 12)) return "FastNetStats.RttVarUs";
            if ((byte*)&value2.SendQueueBytes - base2 != (wide ? 16 : 16)) return "FastNetStats.SendQueueBytes";
            if ((byte*)&value2.RecvQueueBytes - base2 != (wide ? 20 : 20)) return "FastNetStats.RecvQueueBytes";
            if ((byte*)&value2.UptimeUs - base2 != (wide ? 24 : 24)) return "FastNetStats.UptimeUs";
            if ((byte*)&value2.BytesSent - base2 != (wide ? 32 : 32)) return "FastNetStats.BytesSent";
            if ((byte*)&value2.BytesReceived - base2 != (wide ? 40 : 40)) return "FastNetStats.BytesReceived";
            if ((byte*)&value2.PacketsSent - base2 != (wide ? 48 : 48)) return "FastNetStats.PacketsSent";
            if ((byte*)&value2.PacketsReceived - base2 != (wide ? 56 : 56)) return "FastNetStats.PacketsReceived";
            if ((byte*)&value2.PacketsLost - base2 != (wide ? 64 : 64)) return "FastNetStats.PacketsLost";
            if ((byte*)&value2.PacketsDropped - base2 != (wide ? 72 : 72)) return "FastNetStats.PacketsDropped";
            if ((byte*)&value2.Retransmissions - base2 != (wide ? 80 : 80)) return "FastNetStats.Retransmissions";
            if ((byte*)&value2.MessagesSent - base2 != (wide ? 88 : 88)) return "FastNetStats.MessagesSent";
            if ((byte*)&value2.MessagesReceived - base2 != (wide ? 96 : 96)) return "FastNetStats.MessagesReceived";
            if ((byte*)&value2.MessagesDropped - base2 != (wide ? 104 : 104)) return "FastNetStats.MessagesDropped";
            NativeClientConfig value3 = default;
            byte* base3 = (byte*)&value3;
            if (sizeof(NativeClientConfig) != (wide ? 144 : 112)) return "NativeClientConfig";
            if ((byte*)&value3.StructSize - base3 != (wide ? 0 : 0)) return "NativeClientConfig.StructSize";
            if ((byte*)&value3.Flags - base3 != (wide ? 4 : 4)) return "NativeClientConfig.Flags";
            if ((byte*)&value3.IoMode - base3 != (wide ? 8 : 8)) return "NativeClientConfig.IoMode";
            if ((byte*)&value3.IdlePolicy - base3 != (wide ? 12 : 12)) return "NativeClientConfig.IdlePolicy";
            if ((byte*)&value3.TickUs - base3 != (wide ? 16 : 16)) return "NativeClientConfig.TickUs";
            if ((byte*)&value3.SpinNs - base3 != (wide ? 20 : 20)) return "NativeClientConfig.SpinNs";
            if ((byte*)&value3.OpenTimeoutMs - base3 != (wide ? 24 : 24)) return "NativeClientConfig.OpenTimeoutMs";
            if ((byte*)&value3.IdleTimeoutMs - base3 != (wide ? 28 : 28)) return "NativeClientConfig.IdleTimeoutMs";
            if ((byte*)&value3.KeepaliveMs - base3 != (wide ? 32 : 32)) return "NativeClientConfig.KeepaliveMs";
            if ((byte*)&value3.LingerMs - base3 != (wide ? 36 : 36)) return "NativeClientConfig.LingerMs";
            if ((byte*)&value3.MaxReliableMessage - base3 != (wide ? 40 : 40)) return "NativeClientConfig.MaxReliableMessage";
            if ((byte*)&value3.MaxUnreliableMessage - base3 != (wide ? 44 : 44)) return "NativeClientConfig.MaxUnreliableMessage";
            if ((byte*)&value3.SendQueueBytes - base3 != (wide ? 48 : 48)) return "NativeClientConfig.SendQueueBytes";
            if ((byte*)&value3.RingBytes - base3 != (wide ? 52 : 52)) return "NativeClientConfig.RingBytes";
            if ((byte*)&value3.CaPemLen - base3 != (wide ? 56 : 56)) return "NativeClientConfig.CaPemLen";
            if ((byte*)&value3.PinCount - base3 != (wide ? 60 : 60)) return "NativeClientConfig.PinCount";
            if ((byte*)&value3.TokenLen - base3 != (wide ? 64 : 64)) return "NativeClientConfig.TokenLen";
            if ((byte*)&value3.Port - base3 != (wide ? 68 : 68)) return "NativeClientConfig.Port";
            if ((byte*)&value3.reserved0_0 - base3 != (wide ? 70 : 70)) return "NativeClientConfig.reserved0_0";
            if ((byte*)&value3.AppId - base3 != (wide ? 72 : 72)) return "NativeClientConfig.AppId";
            if ((byte*)&value3.Host - base3 != (wide ? 80 : 80)) return "NativeClientConfig.Host";
            if ((byte*)&value3.ServerName - base3 != (wide ? 88 : 84)) return "NativeClientConfig.ServerName";
            if ((byte*)&value3.CaPath - base3 != (wide ? 96 : 88)) return "NativeClientConfig.CaPath";
            if ((byte*)&value3.CaPem - base3 != (wide ? 104 : 92)) return "NativeClientConfig.CaPem";
            if ((byte*)&value3.Pins - base3 != (wide ? 112 : 96)) return "NativeClientConfig.Pins";
            if ((byte*)&value3.Token - base3 != (wide ? 120 : 100)) return "NativeClientConfig.Token";
            if ((byte*)&value3.UserData - base3 != (wide ? 128 : 104)) return "NativeClientConfig.UserData";
            if ((byte*)&value3.reserved1_0 - base3 != (wide ? 136 : 108)) return "NativeClientConfig.reserved1_0";
            NativeServerConfig value4 = default;
            byte* base4 = (byte*)&value4;
            if (sizeof(NativeServerConfig) != (wide ? 128 : 104)) return "NativeServerConfig";
            if ((byte*)&value4.StructSize - base4 != (wide ? 0 : 0)) return "NativeServerConfig.StructSize";
            if ((byte*)&value4.Flags - base4 != (wide ? 4 : 4)) return "NativeServerConfig.Flags";
            if ((byte*)&value4.IoMode - base4 != (wide ? 8 : 8)) return "NativeServerConfig.IoMode";
            if ((byte*)&value4.IdlePolicy - base4 != (wide ? 12 : 12)) return "NativeServerConfig.IdlePolicy";
            if ((byte*)&value4.TickUs - base4 != (wide ? 16 : 16)) return "NativeServerConfig.TickUs";
            if ((byte*)&value4.SpinNs - base4 != (wide ? 20 : 20)) return "NativeServerConfig.SpinNs";
            if ((byte*)&value4.PeersMax - base4 != (wide ? 24 : 24)) return "NativeServerConfig.PeersMax";
            if ((byte*)&value4.HandshakeTimeoutMs - base4 != (wide ? 28 : 28)) return "NativeServerConfig.HandshakeTimeoutMs";
            if ((byte*)&value4.IdleTimeoutMs - base4 != (wide ? 32 : 32)) return "NativeServerConfig.IdleTimeoutMs";
            if ((byte*)&value4.KeepaliveMs - base4 != (wide ? 36 : 36)) return "NativeServerConfig.KeepaliveMs";
            if ((byte*)&value4.LingerMs - base4 != (wide ? 40 : 40)) return "NativeServerConfig.LingerMs";
            if ((byte*)&value4.MaxReliableMessage - base4 != (wide ? 44 : 44)) return "NativeServerConfig.MaxReliableMessage";
            if ((byte*)&value4.MaxUnreliableMessage - base4 != (wide ? 48 : 48)) return "NativeServerConfig.MaxUnreliableMessage";
            if ((byte*)&value4.SendQueueBytes - base4 != (wide ? 52 : 52)) return "NativeServerConfig.SendQueueBytes";
            if ((byte*)&value4.RingBytes - base4 != (wide ? 56 : 56)) return "NativeServerConfig.RingBytes";
            if ((byte*)&value4.CertPemLen - base4 != (wide ? 60 : 60)) return "NativeServerConfig.CertPemLen";
            if ((byte*)&value4.KeyPemLen - base4 != (wide ? 64 : 64)) return "NativeServerConfig.KeyPemLen";
            if ((byte*)&value4.UdpPort - base4 != (wide ? 68 : 68)) return "NativeServerConfig.UdpPort";
            if ((byte*)&value4.TcpPort - base4 != (wide ? 70 : 70)) return "NativeServerConfig.TcpPort";
            if ((byte*)&value4.AppId - base4 != (wide ? 72 : 72)) return "NativeServerConfig.AppId";
            if ((byte*)&value4.BindAddress - base4 != (wide ? 80 : 80)) return "NativeServerConfig.BindAddress";
            if ((byte*)&value4.CertPath - base4 != (wide ? 88 : 84)) return "NativeServerConfig.CertPath";
            if ((byte*)&value4.KeyPath - base4 != (wide ? 96 : 88)) return "NativeServerConfig.KeyPath";
            if ((byte*)&value4.CertPem - base4 != (wide ? 104 : 92)) return "NativeServerConfig.CertPem";
            if ((byte*)&value4.KeyPem - base4 != (wide ? 112 : 96)) return "NativeServerConfig.KeyPem";
            if ((byte*)&value4.UserData - base4 != (wide ? 120 : 100)) return "NativeServerConfig.UserData";
            return null;
        }
    }
}
