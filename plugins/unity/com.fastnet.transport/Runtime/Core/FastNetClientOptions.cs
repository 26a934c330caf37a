using System;
using System.Collections.Generic;

namespace FastNet
{
    /// <summary>
    /// How a client connects. Everything may stay as it is: then it believes the system's certificate authorities and, for
    /// loopback addresses, this machine's development authority. Choose at most one of Ca, Pins and the dangerous flag.
    /// </summary>
    public sealed class FastNetClientOptions
    {
        /// <summary>PEM text, or the path of a PEM file: believe only this authority.</summary>
        public string Ca { get; set; }

        /// <summary>Keys to believe whatever the certificate says: "sha256/" and 44 characters, as servers print them.</summary>
        public IReadOnlyList<string> Pins { get; set; }

        /// <summary>Believe anyone. Whoever sits between can read and change everything. Logged at each connect.</summary>
        public bool DangerAcceptAnyCertificate { get; set; }

        /// <summary>Whether loopback addresses may show a certificate of this machine's development authority.</summary>
        public bool UseDevelopmentCa { get; set; } = true;

        /// <summary>The name the certificate must have, if it is not the host.</summary>
        public string ServerName { get; set; }

        /// <summary>Up to 1,024 bytes for the server's admission to decide about.</summary>
        public byte[] Token { get; set; }

        /// <summary>Must equal the server's.</summary>
        public ulong AppId { get; set; }

        /// <summary>Messages wait for Flush and share datagrams; call it once at the end of the frame.</summary>
        public bool ManualFlush { get; set; }

        /// <summary>For name, TCP, TLS and UDP together; 0 is the default, 15 s.</summary>
        public uint OpenTimeoutMs { get; set; }

        /// <summary>Silence that ends the connection; 0 is the default, 10 s; uint.MaxValue is never.</summary>
        public uint IdleTimeoutMs { get; set; }

        /// <summary>How long the end waits for reliable messages to arrive; 0 is the default, 500 ms.</summary>
        public uint LingerMs { get; set; }

        internal unsafe FastNetResult Open(string host, ushort port, out IntPtr handle)
        {
            byte[] pins = Pin.Decode(Pins);
            var ca = new Pem(Ca);
            fixed (byte* hostBytes = Utf8.Bytes(host), nameBytes = Utf8.Bytes(ServerName), caBytes = ca.Bytes, pinBytes = pins, tokenBytes = Token)
            fixed (IntPtr* opened = &handle)
            {
                NativeClientConfig config;
                Native.fastnet_client_config_init(&config, (uint)sizeof(NativeClientConfig));
                config.Host = hostBytes;
                config.Port = port;
                config.ServerName = nameBytes;
                config.CaPath = ca.Path(caBytes);
                config.CaPem = ca.Text(caBytes);
                config.CaPemLen = ca.TextLength;
                config.Pins = pinBytes;
                config.PinCount = pins == null ? 0 : (uint)pins.Length / 32;
                config.Token = tokenBytes;
                config.TokenLen = Token == null ? 0 : (uint)Token.Length;
                config.AppId = AppId;
                config.OpenTimeoutMs = OpenTimeoutMs;
                config.IdleTimeoutMs = IdleTimeoutMs;
                config.LingerMs = LingerMs;
                config.Flags = Flags();
                return Native.fastnet_client_open(&config, opened);
            }
        }

        private FastNetClientFlags Flags()
        {
            FastNetClientFlags flags = 0;
            if (DangerAcceptAnyCertificate)
                flags |= FastNetClientFlags.DangerAcceptAnyCertificate;
            if (!UseDevelopmentCa)
                flags |= FastNetClientFlags.NoDevCa;
            if (ManualFlush)
                flags |= FastNetClientFlags.ManualFlush;
            return flags;
        }
    }
}
