using System;
using System.Diagnostics;
using System.Threading;

/// <summary>Checks that never end the run, and a verdict line as the last word: "N passed, 0 failed".</summary>
internal static class Check
{
    private static int s_passed, s_failed;

    internal static void That(string what, bool ok)
    {
        if (ok)
        {
            s_passed++;
            return;
        }
        s_failed++;
        Console.WriteLine("FAILED: " + what);
    }

    internal static void Equal<T>(string what, T got, T wanted)
    {
        That($"{what}: {got}, not {wanted}", Equals(got, wanted));
    }

    internal static void Throws<T>(string what, string text, Action action) where T : Exception
    {
        try
        {
            action();
            That(what + ": nothing was thrown", false);
        }
        catch (T error)
        {
            That($"{what}: \"{error.Message}\" does not say \"{text}\"", error.Message.Contains(text));
        }
    }

    /// <summary>Turns until it holds, at most 15 s; then it is a failed check.</summary>
    internal static void Until(string what, Func<bool> turn)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!turn())
        {
            if (watch.ElapsedMilliseconds > 15_000)
            {
                That("in time: " + what, false);
                return;
            }
            Thread.Yield();
        }
        s_passed++;
    }

    internal static int Verdict()
    {
        Console.WriteLine($"{s_passed} passed, {s_failed} failed");
        return s_failed == 0 ? 0 : 1;
    }
}
