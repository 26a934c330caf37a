// Stand-ins for the base class of Netcode for GameObjects that an adapter overrides: signatures, no code.
using System;
using UnityEngine;

namespace Unity.Netcode
{
    public enum NetworkDelivery
    {
        Unreliable,
        UnreliableSequenced,
        Reliable,
        ReliableSequenced,
        ReliableFragmentedSequenced,
    }

    public enum NetworkEvent
    {
        Data,
        Connect,
        Disconnect,
        TransportFailure,
        Nothing,
    }

    public class NetworkManager : MonoBehaviour
    {
    }

    public abstract class NetworkTransport : MonoBehaviour
    {
        public abstract ulong ServerClientId { get; }

        public virtual bool IsSupported => true;

        public abstract void Send(ulong clientId, ArraySegment<byte> payload, NetworkDelivery networkDelivery);
        public abstract NetworkEvent PollEvent(out ulong clientId, out ArraySegment<byte> payload, out float receiveTime);
        public abstract bool StartClient();
        public abstract bool StartServer();
        public abstract void DisconnectRemoteClient(ulong clientId);
        public abstract void DisconnectLocalClient();
        public abstract ulong GetCurrentRtt(ulong clientId);
        public abstract void Shutdown();
        public abstract void Initialize(NetworkManager networkManager = null);
    }
}
