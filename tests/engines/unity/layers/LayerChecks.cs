using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Text;
using FastNet;
using Mirror;
using Unity.Netcode;
using UnityEditor.Build;
using UnityEngine;

/// <summary>
/// The Unity layers on stand-ins for the engine and the two frameworks, over the real library: components, life cycle,
/// Mirror's and Netcode's transport, the build step. `LayerChecks PACKAGE_FOLDER CERTIFICATES`: Native~
/// is in the one, chain.pem and key.pem of localhost in the other.
/// </summary>
internal static class LayerChecks
{
    private static int Main(string[] arguments)
    {
        UnityEditor.PackageManager.PackageInfo.Place = arguments[0];
        Call(typeof(FastNetLifeCycle), null, "Begin");
        Components();
        MirrorTransport();
        NetcodeTransport();
        Identity(arguments[1]);
        BuildStep();
        Window();
        Application.Quit();
        return Check.Verdict();
    }

    private static void Call(Type type, object item, string method)
    {
        const BindingFlags Any = BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;
        type.GetMethod(method, Any).Invoke(item, null);
    }

    private static void Set(object item, string field, object value)
    {
        item.GetType().GetField(field, BindingFlags.NonPublic | BindingFlags.Instance).SetValue(item, value);
    }

    private static bool Frame(params object[] items)
    {
        foreach (object item in items)
            Call(item.GetType(), item, "Update");
        foreach (object item in items)
            Call(item.GetType(), item, "LateUpdate");
        return true;
    }

    private static void Identity(string folder)
    {
        var options = new FastNetServerOptions();
        new FastNetIdentity().ApplyTo(options);
        Check.That("nothing given: the development certificate", options.Certificate == null && options.PrivateKey == null);
        var broken = new FastNetIdentity();
        Set(broken, "certificate", new TextAsset("-----BEGIN NOTHING-----"));
        Set(broken, "privateKeyPath", "nowhere.pem");
        broken.ApplyTo(options);
        Check.Equal("the chain as text", options.Certificate, "-----BEGIN NOTHING-----");
        Check.Equal("the key as a path", options.PrivateKey, "nowhere.pem");

        var component = new FastNetServerBehaviour();
        var mirror = new FastNetTransport();
        var netcode = new FastNetNetworkTransport();
        foreach (object server in new object[] { component, mirror, netcode })
            Set(server, "identity", broken);
        Check.Throws<FastNetException>("the component shows it", "no readable certificate", component.Listen);
        Check.Throws<FastNetException>("Mirror's transport shows it", "no readable certificate", mirror.ServerStart);
        Check.That("Netcode's transport shows it", !netcode.StartServer());

        var chain = new TextAsset(File.ReadAllText(Path.Combine(folder, "chain.pem")));
        var good = new FastNetIdentity();
        Set(good, "certificate", chain);
        Set(good, "privateKeyPath", Path.Combine(folder, "key.pem"));
        Set(component, "identity", good);
        Set(component, "udpPort", 0);
        Set(component, "tcpPort", 0);
        component.Listen();
        var trust = new FastNetTrust();
        Set(trust, "certificateAuthority", chain);
        var client = new FastNetBehaviour();
        Set(client, "trust", trust);
        Set(client, "port", (int)component.Server.TcpPort);
        client.Connect();
        Check.Until("a chain of the inspector and a key in a file", () => Frame(component, client) && client.IsConnected);
        client.Disconnect();
        component.Stop();
    }

    private static void Components()
    {
        var server = new FastNetServerBehaviour();
        Set(server, "udpPort", 0);
        Set(server, "tcpPort", 0);
        Call(typeof(FastNetServerBehaviour), server, "OnEnable");
        server.DataReceived += (peer, channel, data) => server.Server.Send(peer, channel, data);
        var gone = new List<string>();
        server.PeerDisconnected += (peer, reason, text) => gone.Add(reason.ToString());

        var client = new FastNetBehaviour();
        Set(client, "port", (int)server.Server.TcpPort);
        uint connected = 0;
        string heard = null, message = null;
        client.OnConnected.AddListener(id => connected = id);
        client.DataReceived += (channel, data) => heard = channel + " " + Encoding.UTF8.GetString(data.ToArray());
        client.OnMessage.Persistent = 1;
        client.OnMessage.AddListener((channel, data) => message = channel + " " + data.Length);
        Check.Equal("before connecting", client.Send(FastNetChannel.Unreliable, new byte[1]), FastNetResult.NotConnected);
        Call(typeof(FastNetBehaviour), client, "OnEnable");
        Check.Until("connected", () => Frame(server, client) && connected != 0 && client.IsConnected);
        client.Send(FastNetChannel.Sequenced, Encoding.UTF8.GetBytes("hi"));
        Check.Until("echo", () => Frame(server, client) && heard != null);
        Check.Equal("by delegate", heard, "Sequenced hi");
        Check.Equal("by UnityEvent", message, "3 2");
        client.DataReceived += (channel, data) => client.Disconnect();
        client.Send(FastNetChannel.ReliableOrdered, new byte[1]);
        Check.Until("disconnected inside its own event", () => Frame(server, client) && client.Client == null && gone.Count == 1);
        Check.Equal("an orderly end", gone[0], "Closed");
        client.Connect();
        Call(typeof(FastNetBehaviour), client, "OnDisable");
        Call(typeof(FastNetServerBehaviour), server, "OnDisable");
        Check.That("all ended", client.Client == null && server.Server == null);
    }

    private static void MirrorTransport()
    {
        var server = new FastNetTransport();
        var client = new FastNetTransport();
        var log = new List<string>();
        Set(server, "udpPort", (ushort)0);
        server.Port = 0;
        server.OnServerConnectedWithAddress = (id, address) => log.Add($"in {id} {address.Contains(":")}");
        server.OnServerConnected = id => log.Add($"in {id}");
        server.OnServerDataReceived = (id, data, channel) => server.ServerSend(id, data, channel);
        server.OnServerDisconnected = id => log.Add($"out {id}");
        server.OnServerError = (id, error, text) => log.Add($"error {id} {error}");
        client.OnClientConnected = () => log.Add("connected");
        client.OnClientDataReceived = (data, channel) => log.Add($"{channel} {Encoding.UTF8.GetString(data.Array, data.Offset, data.Count)}");
        client.OnClientDisconnected = () => log.Add("disconnected");
        client.OnClientError = (error, text) => log.Add($"{error}");
        bool Turn()
        {
            server.ServerEarlyUpdate();
            client.ClientEarlyUpdate();
            server.ServerLateUpdate();
            client.ClientLateUpdate();
            return true;
        }

        server.ServerStart();
        client.Port = (ushort)((FastNetServer)typeof(FastNetTransport).GetField("_server", BindingFlags.NonPublic | BindingFlags.Instance).GetValue(server)).TcpPort;
        client.ClientConnect("localhost");
        Check.Until("mirror connects", () => Turn() && log.Contains("connected") && log.Exists(line => line.StartsWith("in 1")));
        client.ClientSend(new ArraySegment<byte>(Encoding.UTF8.GetBytes("xhellox"), 1, 5), Channels.Reliable);
        Check.Until("mirror echo", () => Turn() && log.Contains("0 hello"));
        client.ClientSend(new ArraySegment<byte>(Encoding.UTF8.GetBytes("fast")), Channels.Unreliable);
        Check.Until("mirror unreliable echo", () => Turn() && log.Contains("1 fast"));
        client.enabled = false;
        client.ClientSend(new ArraySegment<byte>(Encoding.UTF8.GetBytes("later")), Channels.Reliable);
        for (int i = 0; i < 100; i++)
            Turn();
        Check.That("switched off, it waits", !log.Contains("0 later"));
        client.enabled = true;
        Check.Until("switched on, it comes", () => Turn() && log.Contains("0 later"));
        Check.That("address", server.ServerGetClientAddress(1).Contains(":"));
        Check.That("sizes", client.GetMaxPacketSize(Channels.Reliable) > client.GetMaxPacketSize(Channels.Unreliable));
        server.ServerDisconnect(1);
        Check.Until("mirror kick", () => Turn() && log.Contains("disconnected") && log.Contains("out 1"));
        client.Port = 1;
        log.Clear();
        client.ClientConnect("localhost");
        Check.Until("a failed connect ends", () => Turn() && log.Contains("disconnected"));
        Check.That("with an error first", log.Count >= 2 && log[0] == "Refused");
        client.Shutdown();
        server.Shutdown();
        Check.That("stopped", !server.ServerActive() && !client.ClientConnected());
    }

    private static void NetcodeTransport()
    {
        var server = new FastNetNetworkTransport();
        var client = new FastNetNetworkTransport();
        Set(server, "udpPort", (ushort)0);
        Set(server, "tcpPort", (ushort)0);
        server.Initialize();
        Check.That("server starts", server.StartServer());
        var core = (FastNetServer)typeof(FastNetNetworkTransport).GetField("_server", BindingFlags.NonPublic | BindingFlags.Instance).GetValue(server);
        client.SetConnection("localhost", core.TcpPort);
        Check.That("client starts", client.StartClient());
        var log = new List<string>();
        ulong peer = 0;
        bool Turn()
        {
            NetworkEvent told;
            while ((told = server.PollEvent(out ulong id, out ArraySegment<byte> data, out _)) != NetworkEvent.Nothing)
            {
                peer = id;
                log.Add($"server {told} {Encoding.UTF8.GetString(data.Array ?? new byte[0], data.Offset, data.Count)}");
            }
            while ((told = client.PollEvent(out ulong id, out ArraySegment<byte> data, out _)) != NetworkEvent.Nothing)
                log.Add($"client {told} {id} {Encoding.UTF8.GetString(data.Array ?? new byte[0], data.Offset, data.Count)}");
            return true;
        }

        Check.Until("netcode connects", () => Turn() && log.Contains("server Connect ") && log.Contains("client Connect 0 "));
        foreach (NetworkDelivery delivery in Enum.GetValues(typeof(NetworkDelivery)))
        {
            string text = delivery.ToString();
            client.Send(0, new ArraySegment<byte>(Encoding.UTF8.GetBytes(text)), delivery);
            Check.Until("to the server " + text, () => Turn() && log.Contains("server Data " + text));
            server.Send(peer, new ArraySegment<byte>(Encoding.UTF8.GetBytes(text)), delivery);
            Check.Until("to the client " + text, () => Turn() && log.Contains("client Data 0 " + text));
        }
        Check.Until("round trip", () => Turn() && client.GetCurrentRtt(0) + 1 > 0);
        server.DisconnectRemoteClient(peer);
        Check.Until("netcode kick", () => Turn() && log.Contains("client Disconnect 0 ") && log.Contains("server Disconnect "));
        client.Shutdown();
        server.Shutdown();
    }

    private static void BuildStep()
    {
        var step = new FastNet.Editor.FastNetBuildStep();
        var linux = new BuildPlayerContext(UnityEditor.BuildTarget.StandaloneLinux64);
        step.PrepareForBuild(linux);
        Check.That("the runtime is added", linux.Added.Count == 1 && linux.Added[0].EndsWith("-> FastNet/fastnet_runtime"));
        Check.Throws<BuildFailedException>("a phone", "no runtime for iOS", () => step.PrepareForBuild(new BuildPlayerContext(UnityEditor.BuildTarget.iOS)));
        Check.Equal("player path", FastNetPaths.InPlayer("C:\\Game\\Game_Data\\StreamingAssets\\"), "C:/Game/Game_Data/StreamingAssets/FastNet/fastnet_runtime");
        Check.Throws<NotSupportedException>("an unknown system", "haiku", () => FastNetPaths.Platform("haiku"));
    }

    private static void Window()
    {
        FastNetServer server = FastNetLifeCycle.Track(FastNetServer.Listen(0, 0));
        var window = new FastNet.Editor.FastNetStatsWindow();
        Call(typeof(FastNet.Editor.FastNetStatsWindow), window, "OnGUI");
        Check.That("the window shows the server", UnityEditor.EditorGUILayout.Shown.Exists(line => line.StartsWith("Server: UDP")));
        UnityEditor.AssemblyReloadEvents.Reload();
        System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(Type.GetType("FastNet.Editor.FastNetReload").TypeHandle);
        UnityEditor.AssemblyReloadEvents.Reload();
        Check.Equal("nothing outlives a reload", FastNetLifeCycle.Open.Count, 0);
        Check.Equal("it is over", server.State(), FastNetState.Closed);
    }

    private static FastNetState State(this FastNetServer server)
    {
        return server.TryPoll(out _) ? FastNetState.Connected : FastNetState.Closed;
    }
}
