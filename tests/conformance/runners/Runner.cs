using System;
using System.Collections.Generic;
using System.Linq;
using FastNet;

/// <summary>The conformance runner in C#, on the Unity package's core. scenarios/README.md has the commands.</summary>
internal static class Runner
{
    private const uint WaitMs = 10_000;

    private static readonly Dictionary<string, FastNetClient> s_clients = new Dictionary<string, FastNetClient>();
    private static readonly Dictionary<string, FastNetServer> s_servers = new Dictionary<string, FastNetServer>();

    private static int Main(string[] arguments)
    {
        if (arguments.Length > 0)
            FastNetLibrary.SetRuntimeFolder(arguments[0]);
        FastNetLibrary.Start();
        string line;
        while ((line = Console.ReadLine()) != null)
        {
            string[] words = line.Split(' ');
            if (words.Length < 2)
                break;
            try
            {
                Console.WriteLine(CarryOut(words));
            }
            catch (FastNetException error)
            {
                Console.WriteLine(Said(error.Result));
            }
            Console.Out.Flush();
        }
        FastNetLibrary.Shutdown();
        return 0;
    }

    private static string CarryOut(string[] words)
    {
        s_clients.TryGetValue(words[1], out FastNetClient client);
        s_servers.TryGetValue(words[1], out FastNetServer server);
        switch (words[0])
        {
            case "listen": return Listen(words);
            case "open": return Open(words);
            case "wait": return client != null ? Wait(client) : Wait(server);
            case "send" when client != null: return Said(client.Send(Channel(words[3]), Filled(words)));
            case "send": return Said(server.Send(uint.Parse(words[2]), Channel(words[3]), Filled(words)));
            case "broadcast": return Said(server.Broadcast(uint.Parse(words[2]), Channel(words[3]), Filled(words)));
            case "kick": return Said(server.DisconnectPeer(uint.Parse(words[2]), uint.Parse(words[3]), words[4]));
            case "close": return Said(client.Close(uint.Parse(words[2]), words[3]));
            case "count": return "count " + server.PeerCount;
            case "end":
                client?.Dispose();
                server?.Dispose();
                return s_clients.Remove(words[1]) | s_servers.Remove(words[1]) ? "ok" : "unknown";
            default: return "unknown";
        }
    }

    private static ulong Option(string[] words, string key)
    {
        string found = words.FirstOrDefault(word => word.StartsWith(key + "="));
        return found == null ? 0 : ulong.Parse(found.Substring(key.Length + 1));
    }

    private static byte[] Filled(string[] words)
    {
        var data = new byte[int.Parse(words[4])];
        uint seed = uint.Parse(words[5]);
        for (uint i = 0; i < data.Length; i++)
            data[i] = unchecked((byte)(seed + i * 31));
        return data;
    }

    private static FastNetChannel Channel(string word)
    {
        return (FastNetChannel)byte.Parse(word);
    }

    private static string Said(FastNetResult result)
    {
        return result == FastNetResult.Ok ? "ok" : "result " + (int)result;
    }

    private static string Listen(string[] words)
    {
        var options = new FastNetServerOptions { AppId = Option(words, "app_id"), PeersMax = (uint)Option(words, "peers_max") };
        FastNetServer server = s_servers[words[1]] = FastNetServer.Listen(0, 0, options);
        return $"listening {server.UdpPort} {server.TcpPort}";
    }

    private static string Open(string[] words)
    {
        var options = new FastNetClientOptions { AppId = Option(words, "app_id"), UseDevelopmentCa = Option(words, "no_dev_ca") == 0 };
        if (Option(words, "wrong_pin") != 0)
            options.Pins = new[] { "sha256/" + Convert.ToBase64String(new byte[32]) };
        s_clients[words[1]] = FastNetClient.Connect("localhost", int.Parse(words[2]), options);
        return "ok";
    }

    private static string Wait(FastNetClient client)
    {
        if (client.TryPoll(out FastNetEvent happened) || (client.Wait(WaitMs) == FastNetResult.Ok && client.TryPoll(out happened)))
            return Told(in happened);
        return "nothing";
    }

    private static string Wait(FastNetServer server)
    {
        if (server.TryPoll(out FastNetEvent happened) || (server.Wait(WaitMs) == FastNetResult.Ok && server.TryPoll(out happened)))
            return Told(in happened);
        return "nothing";
    }

    private static string Told(in FastNetEvent happened)
    {
        if (happened.Type == FastNetEventType.Connected)
            return "connected " + happened.PeerId;
        if (happened.Type == FastNetEventType.Disconnected)
            return $"disconnected {happened.PeerId} {(uint)happened.Reason}" + ((uint)happened.Reason >= 1000 ? " " + happened.Text : "");
        uint hash = 2166136261; // FNV-1a
        foreach (byte one in happened.CopyData())
            hash = unchecked((hash ^ one) * 16777619);
        return $"data {happened.PeerId} {(int)happened.Channel} {happened.Data.Length} {hash:x8}";
    }
}
