using System.Collections.Generic;
using UnityEngine;

namespace FastNet.Samples
{
    /// <summary>
    /// The arena on one GameObject: put it on an empty object and press play. Cubes are made as they are needed, so that the
    /// sample needs no scene; arrow keys move, and the overlay tells round trip, jitter and loss.
    /// </summary>
    [AddComponentMenu("FastNet/Samples/Arena")]
    public sealed class ArenaGame : MonoBehaviour
    {
        [SerializeField] private bool host = true;
        [SerializeField] private string address = "localhost";
        [SerializeField] private int tcpPort = 7778;
        [SerializeField] private int udpPort = 7777;
        [SerializeField] private FastNetTrust trust = new FastNetTrust();

        private readonly Dictionary<uint, GameObject> _shown = new Dictionary<uint, GameObject>();
        private readonly List<uint> _gone = new List<uint>();
        private ArenaServer _server;
        private ArenaPlayer _player;
        private string _overlay = "";

        private void OnEnable()
        {
            FastNetLifeCycle.Start();
            if (host)
                _server = FastNetLifeCycle.Track(new ArenaServer(udpPort, tcpPort, System.Environment.TickCount));
            var options = new FastNetClientOptions();
            trust.ApplyTo(options);
            _player = FastNetLifeCycle.Track(new ArenaPlayer(address, tcpPort, options));
            _player.Said += (from, text) => Debug.Log($"{from}: {text}");
            _player.Ended += (reason, text) => Debug.LogWarning($"arena: {reason} {text}");
        }

        private void OnDisable()
        {
            _player?.Dispose();
            _server?.Dispose();
            _player = null;
            _server = null;
        }

        private void Update()
        {
            _server?.Frame(Time.deltaTime);
            _player?.Frame(Time.deltaTime, Input.GetAxisRaw("Horizontal"), -Input.GetAxisRaw("Vertical"));
            if (_player == null)
                return;
            Show();
            if (_player.Net.GetStats(out FastNetStats stats) == FastNetResult.Ok)
                _overlay = $"RTT {stats.RttUs / 1000.0:F1} ms  jitter {stats.RttVarUs / 1000.0:F1} ms  lost {stats.PacketsLost} of {stats.PacketsSent}";
        }

        private void OnGUI()
        {
            GUI.Label(new Rect(8, 8, 480, 24), _overlay);
        }

        private void Show()
        {
            _gone.AddRange(_shown.Keys);
            foreach (KeyValuePair<uint, ArenaPlace> player in _player.Players)
            {
                _gone.Remove(player.Key);
                bool own = player.Key == _player.Id;
                Cube(player.Key).transform.position = Place(own ? _player.X : player.Value.X, own ? _player.Y : player.Value.Y);
            }
            foreach (uint id in _gone)
            {
                Destroy(_shown[id]);
                _shown.Remove(id);
            }
            _gone.Clear();
        }

        private GameObject Cube(uint id)
        {
            if (!_shown.TryGetValue(id, out GameObject cube))
                _shown[id] = cube = GameObject.CreatePrimitive(PrimitiveType.Cube);
            return cube;
        }

        private static Vector3 Place(float x, float y)
        {
            return new Vector3((x - ArenaWire.Width / 2) / 40, 0, (ArenaWire.Height / 2 - y) / 40);
        }
    }
}
