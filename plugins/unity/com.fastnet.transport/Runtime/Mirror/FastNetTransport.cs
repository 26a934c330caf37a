using System;
using Mirror;
using UnityEngine;

namespace FastNet
{
    /// <summary>
    /// FastNet under Mirror: put it where KcpTransport was. Reliable messages go over channel 0, unreliable ones over
    /// channel 1, all of them encrypted.
    /// </summary>
    [DisallowMultipleComponent]
    [AddComponentMenu("Network/FastNet Transport")]
    public sealed class FastNetTransport : Transport, PortTransport
    {
        private const int ReliableBytes = 1024 * 1024;
        private const int UnreliableBytes = 16 * 1024;

        [Tooltip("The server's TCP port, which clients connect to; the handshake tells the UDP port")]
        [SerializeField] private ushort tcpPort = 7778;
        [SerializeField] private ushort udpPort = 7777;
        [SerializeField] private FastNetIdentity identity = new FastNetIdentity();
        [SerializeField] private FastNetTrust trust = new FastNetTrust();

        private readonly PeerNumbers _numbers = new PeerNumbers();
        private FastNetClient _client;
        private FastNetServer _server;
        private readonly MessageBuffer _buffer = new MessageBuffer();

        /// <summary>The TCP port, as Mirror's HUD shows it.</summary>
        public ushort Port
        {
            get => tcpPort;
            set => tcpPort = value;
        }

        public override bool IsEncrypted => true;

        public override string EncryptionCipher => "ChaCha20-Poly1305 or AES-256-GCM";

        public override bool Available()
        {
            return Application.platform != RuntimePlatform.WebGLPlayer;
        }

        // ---- client ----

        public override bool ClientConnected()
        {
            return _client != null && _client.State == FastNetState.Connected;
        }

        public override void ClientConnect(string address)
        {
            ClientDisconnect();
            try
            {
                var options = new FastNetClientOptions { ManualFlush = true };
                trust.ApplyTo(options);
                FastNetLifeCycle.Start();
                _client = FastNetLifeCycle.Track(FastNetClient.Connect(address, tcpPort, options));
            }
            catch (Exception error) when (error is FastNetException || error is ArgumentException)
            {
                OnClientError?.Invoke(TransportError.Unexpected, error.Message);
                OnClientDisconnected?.Invoke();
            }
        }

        public override void ClientConnect(Uri uri)
        {
            if (!uri.IsDefaultPort)
                tcpPort = (ushort)uri.Port;
            ClientConnect(uri.Host);
        }

        public override void ClientSend(ArraySegment<byte> segment, int channelId = Channels.Reliable)
        {
            FastNetResult result = _client?.Send(ChannelOf(channelId), segment) ?? FastNetResult.NotConnected;
            if (result == FastNetResult.Ok)
                OnClientDataSent?.Invoke(segment, channelId);
            else
                OnClientError?.Invoke(ErrorOf(result), FastNetLibrary.LastError);
        }

        public override void ClientDisconnect()
        {
            if (_client == null)
                return;
            FastNetLifeCycle.End(_client);
            _client = null;
            OnClientDisconnected?.Invoke();
        }

        public override void ClientEarlyUpdate()
        {
            // A scene change switches the transport off: then everything waits in its queue.
            while (enabled && _client != null && _client.TryPoll(out FastNetEvent happened))
                HandleClient(in happened);
        }

        public override void ClientLateUpdate()
        {
            _client?.Flush();
        }

        private void HandleClient(in FastNetEvent happened)
        {
            switch (happened.Type)
            {
                case FastNetEventType.Connected:
                    OnClientConnected?.Invoke();
                    break;
                case FastNetEventType.Data:
                    int channelId = ChannelIdOf(happened.Channel);
                    OnClientDataReceived?.Invoke(_buffer.Copy(in happened), channelId);
                    break;
                case FastNetEventType.Disconnected:
                    if (happened.ErrorCode != FastNetResult.Ok)
                        OnClientError?.Invoke(ErrorOf(happened.ErrorCode), happened.Text);
                    ClientDisconnect();
                    break;
            }
        }

        // ---- server ----

        public override Uri ServerUri()
        {
            return new UriBuilder { Scheme = "fastnet", Host = System.Net.Dns.GetHostName(), Port = tcpPort }.Uri;
        }

        public override bool ServerActive()
        {
            return _server != null;
        }

        public override void ServerStart()
        {
            var options = new FastNetServerOptions { ManualFlush = true };
            identity.ApplyTo(options);
            FastNetLifeCycle.Start();
            _server = FastNetLifeCycle.Track(FastNetServer.Listen(udpPort, tcpPort, options));
        }

        public override void ServerSend(int connectionId, ArraySegment<byte> segment, int channelId = Channels.Reliable)
        {
            if (_server == null)
                return;
            FastNetResult result = _server.Send(_numbers.PeerOf(connectionId), ChannelOf(channelId), segment);
            if (result == FastNetResult.Ok)
                OnServerDataSent?.Invoke(connectionId, segment, channelId);
            else if (result != FastNetResult.UnknownPeer)
                OnServerError?.Invoke(connectionId, ErrorOf(result), FastNetLibrary.LastError);
        }

        public override void ServerDisconnect(int connectionId)
        {
            _server?.DisconnectPeer(_numbers.PeerOf(connectionId));
        }

        public override string ServerGetClientAddress(int connectionId)
        {
            return _server?.GetPeerAddress(_numbers.PeerOf(connectionId)) ?? "";
        }

        public override void ServerStop()
        {
            if (_server == null)
                return;
            FastNetLifeCycle.End(_server);
            _server = null;
            _numbers.Clear();
        }

        public override void ServerEarlyUpdate()
        {
            while (enabled && _server != null && _server.TryPoll(out FastNetEvent happened))
                HandleServer(in happened);
        }

        public override void ServerLateUpdate()
        {
            _server?.Flush();
        }

        private void HandleServer(in FastNetEvent happened)
        {
            switch (happened.Type)
            {
                case FastNetEventType.Connected:
                    int number = _numbers.Add(happened.PeerId);
#if MIRROR_90_OR_NEWER
                    OnServerConnectedWithAddress?.Invoke(number, _server.GetPeerAddress(happened.PeerId));
#else
                    OnServerConnected?.Invoke(number);
#endif
                    break;
                case FastNetEventType.Data:
                    int from = _numbers.NumberOf(happened.PeerId);
                    OnServerDataReceived?.Invoke(from, _buffer.Copy(in happened), ChannelIdOf(happened.Channel));
                    break;
                case FastNetEventType.Disconnected:
                    HandleEnd(in happened);
                    break;
                case FastNetEventType.Error:
                    Debug.LogError("FastNet: " + happened.Text);
                    ServerStop();
                    break;
            }
        }

        private void HandleEnd(in FastNetEvent happened)
        {
            int number = _numbers.Remove(happened.PeerId);
            if (number == 0)
                return;
            if (happened.ErrorCode != FastNetResult.Ok)
                OnServerError?.Invoke(number, ErrorOf(happened.ErrorCode), happened.Text);
            OnServerDisconnected?.Invoke(number);
        }

        // ---- both ----

        public override int GetMaxPacketSize(int channelId = Channels.Reliable)
        {
            return channelId == Channels.Reliable ? ReliableBytes : UnreliableBytes;
        }

        public override void Shutdown()
        {
            ClientDisconnect();
            ServerStop();
        }

        private void OnDestroy()
        {
            Shutdown();
        }

        private static FastNetChannel ChannelOf(int channelId)
        {
            return channelId == Channels.Reliable ? FastNetChannel.ReliableOrdered : FastNetChannel.Unreliable;
        }

        private static int ChannelIdOf(FastNetChannel channel)
        {
            return channel == FastNetChannel.ReliableOrdered ? Channels.Reliable : Channels.Unreliable;
        }

        private static TransportError ErrorOf(FastNetResult result)
        {
            switch (result)
            {
                case FastNetResult.Resolve: return TransportError.DnsResolve;
                case FastNetResult.Timeout: return TransportError.Timeout;
                case FastNetResult.WouldBlock: return TransportError.Congestion;
                case FastNetResult.Refused:
                case FastNetResult.ServerFull:
                case FastNetResult.TcpUnreachable:
                case FastNetResult.UdpUnreachable: return TransportError.Refused;
                case FastNetResult.TooLarge:
                case FastNetResult.NoChannel: return TransportError.InvalidSend;
                case FastNetResult.Protocol: return TransportError.InvalidReceive;
                case FastNetResult.Closed:
                case FastNetResult.NotConnected: return TransportError.ConnectionClosed;
                default: return TransportError.Unexpected;
            }
        }
    }
}
