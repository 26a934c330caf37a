using System.Collections.Generic;
using System.Runtime.CompilerServices;
using UnityEngine;

[assembly: InternalsVisibleTo("FastNet.Editor")]
[assembly: InternalsVisibleTo("FastNet.Mirror")]
[assembly: InternalsVisibleTo("FastNet.Ngo")]

namespace FastNet
{
    /// <summary>
    /// Starts the library before the first scene and ends every connection when the game, the play mode or the script
    /// domain ends. Statics are reset by hand, because the reload of the domain may be switched off.
    /// </summary>
    public static class FastNetLifeCycle
    {
        private static readonly List<System.IDisposable> s_open = new List<System.IDisposable>();
        private static bool s_started;

        /// <summary>Everything that is open now; the stats window shows it.</summary>
        internal static IReadOnlyList<System.IDisposable> Open => s_open;

        [RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.SubsystemRegistration)]
        private static void Begin()
        {
            s_open.Clear();
            s_started = false;
            Application.quitting -= End;
            Application.quitting += End;
            Start();
        }

        /// <summary>Tells the library where its runtime lies and starts it in the background; more than once is fine.</summary>
        public static void Start()
        {
            if (s_started)
                return;
            try
            {
                FastNetLibrary.SetRuntimeFolder(RuntimeFolder());
            }
            catch (FastNetException error) when (error.Result == FastNetResult.Busy)
            {
                // It runs already, from before a reload of the scripts: the native library is never unloaded.
            }
            FastNetLibrary.Start();
            s_started = true;
        }

        /// <summary>Ends everything that is open.</summary>
        public static void End()
        {
            for (int i = s_open.Count - 1; i >= 0; i--)
                s_open[i].Dispose();
            s_open.Clear();
            if (s_started)
                FastNetLibrary.Shutdown();
            s_started = false;
        }

        /// <summary>Has this client or server ended with the game, if you did not do so before.</summary>
        public static T Track<T>(T item) where T : System.IDisposable
        {
            s_open.Add(item);
            return item;
        }

        /// <summary>You ended it yourself.</summary>
        public static void Forget(System.IDisposable item)
        {
            s_open.Remove(item);
        }

        /// <summary>Ends this one now, and not with the game.</summary>
        public static void End(System.IDisposable item)
        {
            Forget(item);
            item.Dispose();
        }

        private static string RuntimeFolder()
        {
#if UNITY_EDITOR
            var package = UnityEditor.PackageManager.PackageInfo.FindForAssembly(typeof(FastNetLifeCycle).Assembly);
#if UNITY_EDITOR_WIN
            return FastNetPaths.InPackage(package.resolvedPath, "windows");
#elif UNITY_EDITOR_OSX
            return FastNetPaths.InPackage(package.resolvedPath, "macos");
#else
            return FastNetPaths.InPackage(package.resolvedPath, "linux");
#endif
#else
            return FastNetPaths.InPlayer(Application.streamingAssetsPath);
#endif
        }
    }
}
