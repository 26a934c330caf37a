using UnityEditor;
using UnityEngine;

namespace FastNet.Editor
{
    /// <summary>Window &gt; FastNet: live figures of every client and server of the running game.</summary>
    public sealed class FastNetStatsWindow : EditorWindow
    {
        private readonly uint[] _peers = new uint[64];

        [MenuItem("Window/FastNet")]
        private static void Open()
        {
            GetWindow<FastNetStatsWindow>("FastNet").Show();
        }

        private void OnInspectorUpdate()
        {
            Repaint();
        }

        private void OnGUI()
        {
            if (FastNetLifeCycle.Open.Count == 0)
                EditorGUILayout.HelpBox("No client or server is open. Press play.", MessageType.Info);
            foreach (System.IDisposable item in FastNetLifeCycle.Open)
            {
                if (item is FastNetClient client)
                    Show(client);
                else if (item is FastNetServer server)
                    Show(server);
            }
        }

        private static void Show(FastNetClient client)
        {
            EditorGUILayout.LabelField("Client", $"{client.State}, peer {client.PeerId}", EditorStyles.boldLabel);
            if (client.GetStats(out FastNetStats stats) == FastNetResult.Ok)
                Show(in stats);
        }

        private void Show(FastNetServer server)
        {
            string ports = $"UDP {server.UdpPort}, TCP {server.TcpPort}, {server.PeerCount} peers";
            EditorGUILayout.LabelField("Server", ports, EditorStyles.boldLabel);
            if (server.GetStats(out FastNetStats stats) == FastNetResult.Ok)
                Show(in stats);
            int count = Mathf.Min(server.GetPeers(_peers), _peers.Length);
            for (int i = 0; i < count; i++)
                EditorGUILayout.LabelField($"  {_peers[i]}", $"{server.GetPeerAddress(_peers[i])}, {server.PeerRttUs(_peers[i]) / 1000.0:F1} ms");
        }

        private static void Show(in FastNetStats stats)
        {
            EditorGUILayout.LabelField("  RTT", $"{stats.RttUs / 1000.0:F1} ms, jitter {stats.RttVarUs / 1000.0:F1} ms");
            EditorGUILayout.LabelField("  Sent", $"{stats.PacketsSent} packets, {stats.BytesSent} bytes, {stats.PacketsLost} lost");
            EditorGUILayout.LabelField("  Received", $"{stats.PacketsReceived} packets, {stats.BytesReceived} bytes, {stats.PacketsDropped} dropped");
        }
    }
}
