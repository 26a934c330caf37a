using System;
using System.Collections.Generic;
using System.Text;
using FastNet;

/// <summary>The C# layer against the real library: server and clients in one process. `CoreChecks RUNTIME_FOLDER`.</summary>
internal static class CoreChecks
{
    private static FastNetServer s_server;
    private static readonly List<string> s_heard = new List<string>();

    private sealed class Player : IDisposable
    {
        internal readonly FastNetClient Client;
        internal readonly List<string> Got = new List<string>();
        internal uint ConnectedAs;
        internal string End;

        internal Player(FastNetClientOptions options = null)
        {
            Client = FastNetClient.Connect("localhost", s_server.TcpPort, options);
        }

        internal void Poll()
        {
            while (Client.TryPoll(out FastNetEvent e))
            {
                if (e.Type == FastNetEventType.Connected)
                    ConnectedAs = e.PeerId;
                else if (e.Type == FastNetEventType.Data)
                    Got.Add($"{(int)e.Channel} {Encoding.UTF8.GetString(e.CopyData())}");
                else if (e.Type == FastNetEventType.Disconnected)
                    End = $"{(uint)e.Reason} {e.Text}";
            }
        }

        public void Dispose()
        {
            Client.Dispose();
        }
    }

    private static void PollServer()
    {
        while (s_server.TryPoll(out FastNetEvent e))
        {
            if (e.Type == FastNetEventType.Data)
                s_server.Send(e.PeerId, e.Channel, e.Data);
            else if (e.Type == FastNetEventType.Disconnected)
                s_heard.Add($"{e.PeerId} {(uint)e.Reason} {e.Text}");
        }
    }

    private static bool Turn(params Player[] players)
    {
        PollServer();
        foreach (Player player in players)
            player.Poll();
        return true;
    }

    private static int Main(string[] arguments)
    {
        if (arguments.Length > 0)
            FastNetLibrary.SetRuntimeFolder(arguments[0]);
        FastNetLibrary.Start();
        BadInput();
        s_server = FastNetServer.Listen(0, 0);
        Log();
        BeforeConnecting();
        Channels();
        Ends();
        Allocations();
        Lanes();
        s_server.Dispose();
        FastNetLibrary.Shutdown();
        return Check.Verdict();
    }

    private static void BadInput()
    {
        Check.That("a version", FastNetLibrary.Version.Contains("."));
        Check.Throws<ArgumentOutOfRangeException>("port 0", "port", () => FastNetClient.Connect("localhost", 0));
        Check.Throws<FastNetException>("no host", "host", () => FastNetClient.Connect("", 7778));
        Check.Throws<FastNetException>("null host", "host", () => FastNetClient.Connect(null, 7778));
        Check.Throws<ArgumentException>("bad pin", "is no pin",
            () => FastNetClient.Connect("localhost", 7778, new FastNetClientOptions { Pins = new[] { "sha256/x" } }));
        Check.Throws<FastNetException>("missing files", "/nowhere/",
            () => FastNetServer.Listen(0, 0, new FastNetServerOptions { Certificate = "/nowhere/c.pem", PrivateKey = "/nowhere/k.pem" }));
        Check.Throws<FastNetException>("certificate without key", "key",
            () => FastNetServer.Listen(0, 0, new FastNetServerOptions { Certificate = "/nowhere/c.pem" }));
        Check.Throws<FastNetException>("runtime folder after the start", "start", () => FastNetLibrary.SetRuntimeFolder("/tmp"));
    }

    private static void Log()
    {
        int lines = 0;
        FastNetLog.Set(FastNetLogLevel.Warn, (level, text) => lines++);
        using (var player = new Player(new FastNetClientOptions { DangerAcceptAnyCertificate = true }))
            Check.Until("a danger is logged", () => Turn(player) && player.ConnectedAs != 0 && lines > 0);
        FastNetLog.Set(FastNetLogLevel.Off, null);
    }

    /// A server that never says a word: who calls it is surely not connected yet.
    private static void BeforeConnecting()
    {
        var mute = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        mute.Start();
        int port = ((System.Net.IPEndPoint)mute.LocalEndpoint).Port;
        using (var client = FastNetClient.Connect("127.0.0.1", port))
            Check.Equal("before connecting", client.Send(FastNetChannel.Unreliable, new byte[1]), FastNetResult.NotConnected);
        mute.Stop();
    }

    private static void Channels()
    {
        using (var one = new Player())
        using (var two = new Player())
        {
            Check.Until("both connect", () => Turn(one, two) && one.ConnectedAs != 0 && two.ConnectedAs != 0);
            Check.Equal("the client's own number", one.Client.PeerId, one.ConnectedAs);
            for (int channel = 0; channel < 4; channel++)
            {
                Check.Equal("send", one.Client.Send((FastNetChannel)channel, Encoding.UTF8.GetBytes("hi")), FastNetResult.Ok);
                Check.Until("echo", () => Turn(one, two) && one.Got.Count > channel);
                Check.Equal("echo", one.Got[channel], $"{channel} hi");
            }
            Check.Equal("empty", one.Client.Send(FastNetChannel.ReliableOrdered, default), FastNetResult.Ok);
            Check.Until("empty echo", () => Turn(one, two) && one.Got.Count == 5);
            Check.Equal("empty echo", one.Got[4], "0 ");
            Check.Equal("no channel", one.Client.Send((FastNetChannel)9, new byte[1]), FastNetResult.NoChannel);
            var large = new byte[one.Client.MaxMessage(FastNetChannel.ReliableOrdered) + 1];
            Check.Equal("too large", one.Client.Send(FastNetChannel.ReliableOrdered, large), FastNetResult.TooLarge);
            Check.That("the text helps", FastNetLibrary.LastError.Length > 10);
            Check.Equal("broadcast", s_server.Broadcast(one.ConnectedAs, FastNetChannel.ReliableOrdered, Encoding.UTF8.GetBytes("all")), FastNetResult.Ok);
            Check.Until("broadcast arrives", () => Turn(one, two) && two.Got.Count == 1);
            Check.Equal("unknown peer", s_server.Send(99, FastNetChannel.Unreliable, new byte[1]), FastNetResult.UnknownPeer);
            Span<uint> peers = stackalloc uint[8];
            Check.That("peers", s_server.GetPeers(peers) >= 2 && peers.Slice(0, 3).IndexOf(one.ConnectedAs) >= 0);
            Check.That("address", s_server.GetPeerAddress(one.ConnectedAs).Contains(":"));
            Check.Until("round trip", () => Turn(one, two) && one.Client.RttMs > 0);
            Check.Equal("stats", one.Client.GetStats(out FastNetStats stats), FastNetResult.Ok);
            Check.That("stats count", stats.MessagesSent >= 5 && stats.PacketsReceived > 0);
            Check.Equal("peer stats", s_server.GetPeerStats(one.ConnectedAs, out _), FastNetResult.Ok);
            Check.Equal("no such peer's", s_server.GetPeerStats(99, out _), FastNetResult.UnknownPeer);
        }
    }

    private static void Ends()
    {
        s_heard.Clear();
        using (var one = new Player())
        using (var two = new Player())
        {
            Check.Until("both connect", () => Turn(one, two) && one.ConnectedAs != 0 && two.ConnectedAs != 0);
            Check.Equal("close", one.Client.Close(1234, "enough"), FastNetResult.Ok);
            Check.Until("close is seen", () => Turn(one, two) && one.End != null && s_heard.Contains($"{one.ConnectedAs} 1234 enough"));
            Check.Equal("kick", s_server.DisconnectPeer(two.ConnectedAs, 1999, "out"), FastNetResult.Ok);
            Check.Until("kick is seen", () => Turn(one, two) && two.End == "1999 out");
            two.Client.Dispose();
            Check.That("after the end", !two.Client.TryPoll(out _) && two.Client.State == FastNetState.Closed);
        }
        using (FastNetClient nobody = FastNetClient.Connect("localhost", 1))
        {
            FastNetReason reason = FastNetReason.Closed;
            Check.Until("nobody there", () => nobody.TryPoll(out FastNetEvent e) && (reason = e.Reason) != FastNetReason.Closed);
            Check.Equal("nobody's reason", reason, FastNetReason.TcpUnreachable);
        }
    }

    /// <summary>10,000 polls and sends make no garbage.</summary>
    private static void Allocations()
    {
        using (var player = new Player())
        {
            Check.Until("connected", () => Turn(player) && player.ConnectedAs != 0);
            var data = new byte[64];
            long events = Exchange(player.Client, data, 1000);
            long before = GC.GetAllocatedBytesForCurrentThread();
            events += Exchange(player.Client, data, 10_000);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Check.Equal("every message came", events, 11_000L);
            Check.Equal("bytes allocated", allocated, 0L);
        }
    }

    /// <summary>Echoes, each awaited without sleeping: at most so many polls a message that only a hang needs more.</summary>
    private static long Exchange(FastNetClient client, byte[] data, int rounds)
    {
        long events = 0;
        for (int i = 0; i < rounds; i++)
        {
            client.Send(FastNetChannel.ReliableOrdered, data);
            for (long polls = 0; events == i && polls < 500_000_000; polls++)
            {
                while (s_server.TryPoll(out FastNetEvent heard))
                    if (heard.Type == FastNetEventType.Data)
                        s_server.Send(heard.PeerId, heard.Channel, heard.Data);
                while (client.TryPoll(out FastNetEvent e))
                    events += e.Data.Length == 64 ? 1 : 0;
            }
        }
        return events;
    }

    private static void Lanes()
    {
        var lane = new SequenceLane();
        Check.That("first", lane.Accepts(65535) && lane.Accepts(0) && lane.Accepts(5));
        Check.That("older", !lane.Accepts(4) && !lane.Accepts(5) && !lane.Accepts(65535));
        Check.That("far ahead is behind", !lane.Accepts(unchecked((ushort)(5 + 0x8000))) && lane.Accepts(5 + 0x7fff));
        var numbers = new PeerNumbers();
        Check.Equal("numbers begin at 1", numbers.Add(500), 1);
        Check.Equal("then 2", numbers.Add(700), 2);
        Check.Equal("back", numbers.PeerOf(2), 700u);
        Check.Equal("taken back", numbers.Remove(500), 1);
        Check.Equal("nobody's", numbers.PeerOf(1), 0u);
        Check.Equal("given again", numbers.Add(900), 1);
        Check.Equal("unknown", numbers.NumberOf(500), 0);
    }
}
