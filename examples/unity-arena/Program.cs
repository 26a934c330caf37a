using System;
using System.Diagnostics;
using System.Threading;
using FastNet;
using FastNet.Samples;

/// <summary>
/// The Unity sample without Unity: `server UDP TCP`, `bot HOST PORT SECONDS`, or `frame-cost`. An optional last argument
/// names the folder fastnet_runtime, if it is not beside the library.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        string runtime = Environment.GetEnvironmentVariable("ARENA_RUNTIME");
        if (!string.IsNullOrEmpty(runtime))
            FastNetLibrary.SetRuntimeFolder(runtime);
        FastNetLibrary.Start();
        switch (arguments.Length > 0 ? arguments[0] : "")
        {
            case "server": return Serve(int.Parse(arguments[1]), int.Parse(arguments[2]));
            case "bot": return Play(arguments[1], int.Parse(arguments[2]), double.Parse(arguments[3]));
            case "frame-cost": return FrameCost();
            default:
                Console.Error.WriteLine("arena: server UDP TCP | bot HOST PORT SECONDS | frame-cost");
                return 2;
        }
    }

    private static int Serve(int udpPort, int tcpPort)
    {
        using (var server = new ArenaServer(udpPort, tcpPort, 1))
        {
            Console.WriteLine($"LISTENING {server.Net.UdpPort} {server.Net.TcpPort}");
            Run(double.MaxValue, seconds => server.Frame(seconds));
        }
        return 0;
    }

    private static int Play(string host, int port, double seconds)
    {
        int chats = 0;
        bool greeted = false, ended = false;
        using (var player = new ArenaPlayer(host, port))
        {
            player.Said += (from, text) => chats++;
            player.Ended += (reason, text) =>
            {
                ended = true;
                Console.WriteLine($"ENDED {reason}: {text}");
            };
            Run(seconds, passed =>
            {
                double angle = Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
                player.Frame(passed, (float)Math.Cos(angle), (float)Math.Sin(angle));
                if (player.Snapshots > 60 && !greeted)
                    greeted = player.Say("hello from " + player.Id) == FastNetResult.Ok;
            });
            Console.WriteLine($"BOT id {player.Id} players {player.Players.Count} snapshots {player.Snapshots} chats {chats} things {player.Things.Count} rtt_ms {player.Net.RttMs:F2}");
            return player.Snapshots > 0 && !ended ? 0 : 1;
        }
    }

    /// <summary>A loop of 60 frames a second.</summary>
    private static void Run(double seconds, Action<float> frame)
    {
        Stopwatch watch = Stopwatch.StartNew();
        double last = 0;
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            Thread.Sleep(16);
            double now = watch.Elapsed.TotalSeconds;
            frame((float)(now - last));
            last = now;
        }
    }

    /// <summary>Each frame 4 messages go, one a channel, and 4 come back; only frames with all 4 count.</summary>
    private static int FrameCost()
    {
        const int Frames = 600;
        var costs = new double[Frames];
        var data = new byte[64];
        int counted = 0;
        long garbage = 0;
        using (FastNetServer server = FastNetServer.Listen(0, 0))
        using (FastNetClient client = FastNetClient.Connect("localhost", server.TcpPort))
        {
            while (client.PeerId == 0)
            {
                client.TryPoll(out _);
                server.TryPoll(out _);
            }
            for (int frame = 0; frame < Frames; frame++)
            {
                Thread.Sleep(16);
                Echo(server);
                Thread.Sleep(1);
                long before = GC.GetAllocatedBytesForCurrentThread();
                long begin = Stopwatch.GetTimestamp();
                int came = 0;
                while (client.TryPoll(out FastNetEvent e))
                    came += e.Type == FastNetEventType.Data ? 1 : 0;
                for (int channel = 0; channel < 4; channel++)
                    client.Send((FastNetChannel)channel, data);
                double cost = (Stopwatch.GetTimestamp() - begin) * 1e6 / Stopwatch.Frequency;
                if (came != 4)
                    continue;
                garbage += GC.GetAllocatedBytesForCurrentThread() - before;
                costs[counted++] = cost;
            }
        }
        Array.Sort(costs, 0, counted);
        Console.WriteLine($"frame cost us: p50 {costs[counted / 2]:F1} p99 {costs[counted * 99 / 100]:F1} frames {counted} garbage {garbage}");
        return counted > Frames / 2 ? 0 : 1;
    }

    private static void Echo(FastNetServer server)
    {
        while (server.TryPoll(out FastNetEvent heard))
            if (heard.Type == FastNetEventType.Data)
                server.Send(heard.PeerId, heard.Channel, heard.Data);
    }
}
