using System;
using FastNet;

/// <summary>
/// What the editor does when scripts change: loads the sources in a new AppDomain, and unloads it, while connections are
/// open, closed well, or forgotten. Mono only: .NET has no AppDomains to unload. `Reload RUNTIME_FOLDER`.
/// </summary>
public sealed class Reload : MarshalByRefObject
{
    private static int Main(string[] arguments)
    {
        for (int round = 0; round < 6; round++)
        {
            AppDomain domain = AppDomain.CreateDomain("scripts " + round);
            Reload scripts = Inside(domain);
            Check.Equal("echoes", scripts.Play(arguments[0], round % 3), 20);
            AppDomain.Unload(domain);
        }
        return Check.Verdict();
    }

    /// <summary>An object of ours inside a domain; by reflection, because .NET Standard does not know the method.</summary>
    private static Reload Inside(AppDomain domain)
    {
        Type type = typeof(Reload);
        var create = typeof(AppDomain).GetMethod("CreateInstanceAndUnwrap", new[] { typeof(string), typeof(string) });
        return (Reload)create.Invoke(domain, new object[] { type.Assembly.FullName, type.FullName });
    }

    /// <summary>One play: 20 echoes with the log on, then an end of the given kind.</summary>
    public int Play(string folder, int end)
    {
        try
        {
            FastNetLibrary.SetRuntimeFolder(folder);
        }
        catch (FastNetException error) when (error.Result == FastNetResult.Busy)
        {
            // It runs since the first domain.
        }
        FastNetLibrary.Start();
        FastNetLog.Set(FastNetLogLevel.Debug, (level, text) => { });
        FastNetServer server = FastNetServer.Listen(0, 0);
        FastNetClient client = FastNetClient.Connect("localhost", server.TcpPort);
        int echoes = Echo(server, client);
        FastNetLog.Set(FastNetLogLevel.Off, null);
        if (end == 0)
        {
            client.Dispose();
            server.Dispose();
            FastNetLibrary.Shutdown();
        }
        else if (end == 1)
        {
            client.Dispose();
        }
        return echoes;
    }

    private static int Echo(FastNetServer server, FastNetClient client)
    {
        int echoes = 0;
        Check.Until("20 echoes", () =>
        {
            while (server.TryPoll(out FastNetEvent e))
                if (e.Type == FastNetEventType.Data)
                    server.Send(e.PeerId, e.Channel, e.Data);
            while (client.TryPoll(out FastNetEvent e))
            {
                echoes += e.Type == FastNetEventType.Data ? 1 : 0;
                if (echoes < 20 && e.Type != FastNetEventType.Disconnected)
                    client.Send(FastNetChannel.ReliableOrdered, new byte[] { 1, 2, 3 });
            }
            return echoes >= 20;
        });
        return echoes;
    }
}
