using System;
using UnityEngine;

namespace FastNet
{
    /// <summary>Receives a peer's message; the span is valid only during the call, and used again for the next one.</summary>
    public delegate void FastNetPeerDataHandler(uint peerId, FastNetChannel channel, ReadOnlySpan<byte> data);

    /// <summary>A server as a component: listens when it is enabled, polls before all other scripts, flushes after them.</summary>
    [AddComponentMenu("FastNet/FastNet Server")]
    [DefaultExecutionOrder(-1000)]
    public sealed class FastNetServerBehaviour : MonoBehaviour
    {
        [SerializeField] private int udpPort = 7777;
        [SerializeField] private int tcpPort = 7778;
        [SerializeField] private FastNetIdentity identity = new FastNetIdentity();
        [SerializeField] private bool listenOnEnable = true;

        private readonly MessageBuffer _buffer = new MessageBuffer();

        /// <summary>The server, or null.</summary>
        public FastNetServer Server { get; private set; }

        /// <summary>A client came in.</summary>
        public event Action<uint> PeerConnected;

        /// <summary>A message arrived.</summary>
        public event FastNetPeerDataHandler DataReceived;

        /// <summary>A client is gone: number, reason, explanation.</summary>
        public event Action<uint, FastNetReason, string> PeerDisconnected;

        /// <summary>Listens on the ports of the inspector. Ends what was there before.</summary>
        public void Listen()
        {
            Stop();
            var options = new FastNetServerOptions { ManualFlush = true };
            identity.ApplyTo(options);
            FastNetLifeCycle.Start();
            Server = FastNetLifeCycle.Track(FastNetServer.Listen(udpPort, tcpPort, options));
        }

        /// <summary>Goodbye to everybody.</summary>
        public void Stop()
        {
            if (Server == null)
                return;
            FastNetLifeCycle.End(Server);
            Server = null;
        }

        private void OnEnable()
        {
            if (listenOnEnable)
                Listen();
        }

        private void OnDisable()
        {
            Stop();
        }

        private void Update()
        {
            while (Server != null && Server.TryPoll(out FastNetEvent happened))
                Handle(in happened);
        }

        private void LateUpdate()
        {
            Server?.Flush();
        }

        private void Handle(in FastNetEvent happened)
        {
            switch (happened.Type)
            {
                case FastNetEventType.Connected:
                    PeerConnected?.Invoke(happened.PeerId);
                    break;
                case FastNetEventType.Data:
                    uint from = happened.PeerId;
                    FastNetChannel channel = happened.Channel;
                    DataReceived?.Invoke(from, channel, _buffer.Copy(in happened));
                    break;
                case FastNetEventType.Disconnected:
                    PeerDisconnected?.Invoke(happened.PeerId, happened.Reason, happened.Text);
                    break;
                case FastNetEventType.Error:
                    Debug.LogError("FastNet: " + happened.Text);
                    Stop();
                    break;
            }
        }
    }
}
