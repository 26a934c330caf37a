using System;

namespace FastNet
{
    /// <summary>
    /// How a server listens. Without a certificate it uses this machine's development leaf, which clients on the same
    /// machine believe for loopback addresses.
    /// </summary>
    public sealed class FastNetServerOptions
    {
        /// <summary>The chain, leaf first: PEM text, or the path of a PEM file.</summary>
        public string Certificate { get; set; }

        /// <summary>Its key: PEM text, or the path of a PEM file.</summary>
        public string PrivateKey { get; set; }

        /// <summary>Where to listen; null is everywhere, IPv6 and IPv4.</summary>
        public string BindAddress { get; set; }

        /// <summary>How many clients at once; 0 is the default, 1,024.</summary>
        public uint PeersMax { get; set; }

        /// <summary>Must equal the clients'.</summary>
        public ulong AppId { get; set; }

        /// <summary>Messages wait for Flush and share datagrams; call it once at the end of the frame.</summary>
        public bool ManualFlush { get; set; }

        /// <summary>Silence that ends a connection; 0 is the default, 10 s; uint.MaxValue is never.</summary>
        public uint IdleTimeoutMs { get; set; }

        /// <summary>How long the end waits for reliable messages to arrive; 0 is the default, 500 ms.</summary>
        public uint LingerMs { get; set; }

        internal unsafe FastNetResult Open(ushort udpPort, ushort tcpPort, out IntPtr handle)
        {
            Pem cert = new Pem(Certificate), key = new Pem(PrivateKey);
            fixed (byte* bind = Utf8.Bytes(BindAddress), certBytes = cert.Bytes, keyBytes = key.Bytes)
            fixed (IntPtr* opened = &handle)
            {
                NativeServerConfig config;
                Native.fastnet_server_config_init(&config, (uint)sizeof(NativeServerConfig));
                config.UdpPort = udpPort;
                config.TcpPort = tcpPort;
                config.BindAddress = bind;
                config.CertPath = cert.Path(certBytes);
                config.CertPem = cert.Text(certBytes);
                config.CertPemLen = cert.TextLength;
                config.KeyPath = key.Path(keyBytes);
                config.KeyPem = key.Text(keyBytes);
                config.KeyPemLen = key.TextLength;
                config.PeersMax = PeersMax;
                config.AppId = AppId;
                config.IdleTimeoutMs = IdleTimeoutMs;
                config.LingerMs = LingerMs;
                config.Flags = ManualFlush ? FastNetServerFlags.ManualFlush : 0;
                return Native.fastnet_server_open(&config, opened);
            }
        }
    }
}
