using System;
using UnityEngine;
using UnityEngine.Events;

namespace FastNet
{
    /// <summary>Receives a message; the span is valid only during the call, and used again for the next one.</summary>
    public delegate void FastNetDataHandler(FastNetChannel channel, ReadOnlySpan<byte> data);

    /// <summary>Connected as the peer of this number.</summary>
    [Serializable]
    public sealed class FastNetConnectedEvent : UnityEvent<uint>
    {
    }

    /// <summary>A message: channel and a copy of its bytes.</summary>
    [Serializable]
    public sealed class FastNetMessageEvent : UnityEvent<int, byte[]>
    {
    }

    /// <summary>The end: reason and explanation.</summary>
    [Serializable]
    public sealed class FastNetDisconnectedEvent : UnityEvent<int, string>
    {
    }

    /// <summary>
    /// A client as a component: connects when it is enabled, polls before all other scripts, flushes after them. Code
    /// listens to <see cref="DataReceived"/>, which makes no garbage; the inspector has UnityEvents.
    /// </summary>
    [AddComponentMenu("FastNet/FastNet Client")]
    [DefaultExecutionOrder(-1000)]
    public sealed class FastNetBehaviour : MonoBehaviour
    {
        [SerializeField] private string host = "localhost";
        [Tooltip("The server's TCP port; the handshake tells the UDP port")]
        [SerializeField] private int port = 7778;
        [SerializeField] private bool connectOnEnable = true;
        [SerializeField] private FastNetTrust trust = new FastNetTrust();
        [SerializeField] private FastNetConnectedEvent onConnected = new FastNetConnectedEvent();
        [SerializeField] private FastNetMessageEvent onMessage = new FastNetMessageEvent();
        [SerializeField] private FastNetDisconnectedEvent onDisconnected = new FastNetDisconnectedEvent();

        private readonly MessageBuffer _buffer = new MessageBuffer();
        private bool _hasListeners;

        /// <summary>A message arrived.</summary>
        public event FastNetDataHandler DataReceived;

        /// <summary>Messages as UnityEvent, with a copy of the bytes.</summary>
        public FastNetMessageEvent OnMessage => onMessage;

        /// <summary>Connected as UnityEvent.</summary>
        public FastNetConnectedEvent OnConnected => onConnected;

        /// <summary>The end as UnityEvent.</summary>
        public FastNetDisconnectedEvent OnDisconnected => onDisconnected;

        /// <summary>The client, or null when none was begun.</summary>
        public FastNetClient Client { get; private set; }

        /// <summary>Whether messages can be sent now.</summary>
        public bool IsConnected => Client != null && Client.State == FastNetState.Connected;

        /// <summary>Begins to connect, to the given place or to that of the inspector. Ends what was there before.</summary>
        public void Connect(string toHost = null, int toPort = 0)
        {
            Disconnect();
            var options = new FastNetClientOptions { ManualFlush = true };
            trust.ApplyTo(options);
            FastNetLifeCycle.Start();
            Client = FastNetLifeCycle.Track(FastNetClient.Connect(toHost ?? host, toPort > 0 ? toPort : port, options));
        }

        /// <summary>Queues one message; it leaves at the end of the frame. The result says if it could not be queued.</summary>
        public FastNetResult Send(FastNetChannel channel, ReadOnlySpan<byte> data)
        {
            return Client != null ? Client.Send(channel, data) : FastNetResult.NotConnected;
        }

        /// <summary>Goodbye; what is queued still arrives.</summary>
        public void Disconnect()
        {
            if (Client == null)
                return;
            FastNetLifeCycle.End(Client);
            Client = null;
        }

        private void OnEnable()
        {
            _hasListeners = onMessage.GetPersistentEventCount() > 0;
            if (connectOnEnable)
                Connect();
        }

        private void OnDisable()
        {
            Disconnect();
        }

        private void Update()
        {
            // A handler may disconnect, or connect anew: look again before every poll.
            while (Client != null && Client.TryPoll(out FastNetEvent happened))
                Handle(in happened);
        }

        private void LateUpdate()
        {
            Client?.Flush();
        }

        /// <summary>What a handler does may end the client, and with it the library's own bytes: hence the copy.</summary>
        private void Hand(FastNetChannel channel, ArraySegment<byte> data)
        {
            byte[] kept = _hasListeners ? ((ReadOnlySpan<byte>)data).ToArray() : null;
            DataReceived?.Invoke(channel, data);
            if (kept != null)
                onMessage.Invoke((int)channel, kept);
        }

        private void Handle(in FastNetEvent happened)
        {
            switch (happened.Type)
            {
                case FastNetEventType.Connected:
                    onConnected.Invoke(happened.PeerId);
                    break;
                case FastNetEventType.Data:
                    Hand(happened.Channel, _buffer.Copy(in happened));
                    break;
                case FastNetEventType.Disconnected:
                    onDisconnected.Invoke((int)happened.Reason, happened.Text);
                    break;
            }
        }
    }
}
