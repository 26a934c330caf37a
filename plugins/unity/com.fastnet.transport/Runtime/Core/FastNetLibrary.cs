using System;

namespace FastNet
{
    /// <summary>The C library behind it all: version, life, errors.</summary>
    public static unsafe class FastNetLibrary
    {
        private static bool s_checked;

        /// <summary>The version of the library, such as "0.1.0".</summary>
        public static string Version => Utf8.Text(Native.fastnet_version_string());

        /// <summary>What the latest failed call of this thread was about, and what to do; empty if none failed.</summary>
        public static string LastError => Utf8.Text(Native.fastnet_last_error());

        /// <summary>The class of the latest failure of this thread.</summary>
        public static FastNetResult LastResult => Native.fastnet_last_result();

        /// <summary>Monotonic microseconds, on the clock of <see cref="FastNetEvent.TimestampUs"/>.</summary>
        public static ulong TimeUs => Native.fastnet_time_us();

        /// <summary>
        /// Where the folder fastnet_runtime lies, if it is not beside the library. Before the first connection; later it
        /// throws. Unity's players need it: the package does it for you.
        /// </summary>
        public static void SetRuntimeFolder(string path)
        {
            Check();
            fixed (byte* bytes = Utf8.Bytes(path ?? throw new ArgumentNullException(nameof(path))))
                Throw(Native.fastnet_runtime_folder_set(bytes));
        }

        /// <summary>Starts the runtime in the background and returns at once, so that the first connection is quick.</summary>
        public static void Start()
        {
            Check();
            Throw(Native.fastnet_init(0));
        }

        /// <summary>Ends every connection with a goodbye and stops the network thread, once for each <see cref="Start"/>.</summary>
        public static void Shutdown()
        {
            Native.fastnet_shutdown();
        }

        /// <summary>
        /// Once a process: is this the library these sources were printed for? Throws <see cref="FastNetException"/>, or
        /// DllNotFoundException with the path that was tried.
        /// </summary>
        internal static void Check()
        {
            if (s_checked)
                return;
            FastNetResult result = Native.fastnet_abi_check(Native.AbiRevision, Native.AbiHash);
            if (result != FastNetResult.Ok)
                throw new FastNetException(result, LastError + " If the package was just updated, restart the editor.");
            string difference = LayoutCheck.FirstDifference();
            if (difference != null)
                throw new FastNetException(FastNetResult.AbiMismatch, difference + " lies elsewhere than in the C library");
            s_checked = true;
        }

        internal static void Throw(FastNetResult result)
        {
            if (result != FastNetResult.Ok)
                throw FastNetException.Latest(result);
        }
    }
}
