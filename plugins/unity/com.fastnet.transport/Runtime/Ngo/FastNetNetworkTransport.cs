using System;
using System.Collections.Generic;
using Unity.Netcode;
using UnityEngine;

namespace FastNet
{
    /// <summary>
    /// FastNet under Netcode for GameObjects: choose it as the NetworkManager's transport. Sequenced reliable deliveries go
    /// over channel 0, unordered reliable ones over channel 2, unreliable ones over channel 1; the unreliable sequenced
    /// ones carry a number in front.
    /// </summary>
    [AddComponentMenu("Netcode/FastNet Transport")]
    public sealed class FastNetNetworkTransport : NetworkTransport
    {
        private const byte Plain = 0;
        private const byte Sequenced = 1;

        [SerializeField] private string address = "localhost";
        [Tooltip("The server's TCP port, which clients connect to; the handshake tells the UDP port")]
        [SerializeField] private ushort tcpPort = 7778;
        [SerializeField] private ushort udpPort = 7777;
        [SerializeField] private FastNetIdentity identity = new FastNetIdentity();
        [SerializeField] private FastNetTrust trust = new FastNetTrust();

        private readonly Dictionary<uint, SequenceLane> _lanes = new Dictionary<uint, SequenceLane>();
        private FastNetClient _client;
        private FastNetServer _server;
        private readonly MessageBuffer _received = new MessageBuffer();
        private byte[] _sending = new byte[4096];

        public override ulong ServerClientId => 0;

        /// <summary>Where a client connects to.</summary>
        public void SetConnection(string host, ushort port)
        {
            address = host;
            tcpPort = port;
        }

        public override void Initialize(NetworkManager networkManager = null)
        {
            FastNetLifeCycle.Start();
        }

        public override bool StartClient()
        {
            try
            {
                var options = new FastNetClientOptions();
                trust.ApplyTo(options);
                _client = FastNetLifeCycle.Track(FastNetClient.Connect(address, tcpPort, options));
                return true;
            }
            catch (Exception error) when (error is FastNetException || error is ArgumentException)
            {
                Debug.LogError("FastNet: " + error.Message);
                return false;
            }
        }

        public override bool StartServer()
        {
            try
            {
                var options = new FastNetServerOptions();
                identity.ApplyTo(options);
                _server = FastNetLifeCycle.Track(FastNetServer.Listen(udpPort, tcpPort, options));
                return true;
            }
            catch (FastNetException error)
            {
                Debug.LogError("FastNet: " + error.Message);
                return false;
            }
        }

        public override void Send(ulong clientId, ArraySegment<byte> payload, NetworkDelivery networkDelivery)
        {
            // Netcode's server is client 0 to everybody; a FastNet client's server is peer 1.
            uint peer = _client != null ? 1 : (uint)clientId;
            ReadOnlySpan<byte> message = Framed(peer, payload, networkDelivery);
            FastNetChannel channel = ChannelOf(networkDelivery);
            FastNetResult result = FastNetResult.NotConnected;
            if (_client != null)
                result = _client.Send(channel, message);
            else if (_server != null)
                result = _server.Send(peer, channel, message);
            if (result != FastNetResult.Ok && result != FastNetResult.UnknownPeer)
                Debug.LogError($"FastNet: a message to {clientId} was not sent: {FastNetLibrary.LastError}");
        }

        public override NetworkEvent PollEvent(out ulong clientId, out ArraySegment<byte> payload, out float receiveTime)
        {
            clientId = 0;
            payload = default;
            receiveTime = Time.realtimeSinceStartup;
            FastNetEvent happened = default;
            while (_client != null ? _client.TryPoll(out happened) : _server != null && _server.TryPoll(out happened))
            {
                NetworkEvent told = Tell(in happened, ref payload);
                clientId = _client != null ? ServerClientId : happened.PeerId;
                if (told != NetworkEvent.Nothing)
                    return told;
            }
            return NetworkEvent.Nothing;
        }

        public override void DisconnectRemoteClient(ulong clientId)
        {
            _server?.DisconnectPeer((uint)clientId);
        }

        public override void DisconnectLocalClient()
        {
            if (_client == null)
                return;
            FastNetLifeCycle.End(_client);
            _client = null;
        }

        public override ulong GetCurrentRtt(ulong clientId)
        {
            ulong us = _client != null ? _client.RttUs : _server?.PeerRttUs((uint)clientId) ?? 0;
            return us / 1000;
        }

        public override void Shutdown()
        {
            DisconnectLocalClient();
            _lanes.Clear();
            if (_server == null)
                return;
            FastNetLifeCycle.End(_server);
            _server = null;
        }

        private void OnDestroy()
        {
            Shutdown();
        }

        private NetworkEvent Tell(in FastNetEvent happened, ref ArraySegment<byte> payload)
        {
            switch (happened.Type)
            {
                case FastNetEventType.Connected:
                    return NetworkEvent.Connect;
                case FastNetEventType.Data:
                    return Unframed(in happened, ref payload) ? NetworkEvent.Data : NetworkEvent.Nothing;
                case FastNetEventType.Disconnected:
                    _lanes.Remove(happened.PeerId);
                    if (happened.ErrorCode != FastNetResult.Ok)
                        Debug.LogWarning("FastNet: " + happened.Text);
                    return NetworkEvent.Disconnect;
                case FastNetEventType.Error:
                    Debug.LogError("FastNet: " + happened.Text);
                    return NetworkEvent.TransportFailure;
                default:
                    return NetworkEvent.Nothing;
            }
        }

        // Unreliable messages begin with a byte that says whether a number follows; reliable ones are as they are.
        private ReadOnlySpan<byte> Framed(uint peer, ArraySegment<byte> payload, NetworkDelivery delivery)
        {
            bool sequenced = delivery == NetworkDelivery.UnreliableSequenced;
            if (!sequenced && delivery != NetworkDelivery.Unreliable)
                return payload;
            int header = sequenced ? 1 + SequenceLane.HeaderBytes : 1;
            Grow(ref _sending, header + payload.Count);
            _sending[0] = sequenced ? Sequenced : Plain;
            if (sequenced)
            {
                _lanes.TryGetValue(peer, out SequenceLane lane);
                ushort number = lane.Next();
                _lanes[peer] = lane;
                _sending[1] = (byte)number;
                _sending[2] = (byte)(number >> 8);
            }
            ((ReadOnlySpan<byte>)payload).CopyTo(_sending.AsSpan(header));
            return new ReadOnlySpan<byte>(_sending, 0, header + payload.Count);
        }

        private bool Unframed(in FastNetEvent happened, ref ArraySegment<byte> payload)
        {
            payload = _received.Copy(in happened);
            return happened.Channel != FastNetChannel.Unreliable || TakeHeader(happened.PeerId, ref payload);
        }

        /// <summary>False for what is malformed, or older than the newest.</summary>
        private bool TakeHeader(uint peer, ref ArraySegment<byte> payload)
        {
            byte[] bytes = payload.Array; // Spans are not indexed here: Mono 6.8 lacks the indexer this would compile to.
            int length = payload.Count;
            if (length < 1 || bytes[0] > Sequenced || (bytes[0] == Sequenced && length < 1 + SequenceLane.HeaderBytes))
                return false;
            if (bytes[0] == Plain)
            {
                payload = new ArraySegment<byte>(bytes, 1, length - 1);
                return true;
            }
            const int header = 1 + SequenceLane.HeaderBytes;
            payload = new ArraySegment<byte>(bytes, header, length - header);
            _lanes.TryGetValue(peer, out SequenceLane lane);
            bool newer = lane.Accepts((ushort)(bytes[1] | bytes[2] << 8));
            _lanes[peer] = lane;
            return newer;
        }

        private static void Grow(ref byte[] buffer, int length)
        {
            if (length > buffer.Length)
                buffer = new byte[Mathf.NextPowerOfTwo(length)];
        }

        private static FastNetChannel ChannelOf(NetworkDelivery delivery)
        {
            switch (delivery)
            {
                case NetworkDelivery.Unreliable:
                case NetworkDelivery.UnreliableSequenced: return FastNetChannel.Unreliable;
                case NetworkDelivery.Reliable: return FastNetChannel.ReliableUnordered;
                default: return FastNetChannel.ReliableOrdered;
            }
        }
    }
}
