using System;
using System.Runtime.InteropServices;

namespace FastNet
{
    /// <summary>Tells IL2CPP that native code calls a method; it goes by the name of the attribute.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    internal sealed class MonoPInvokeCallbackAttribute : Attribute
    {
        internal MonoPInvokeCallbackAttribute(Type type)
        {
            _ = type;
        }
    }

    /// <summary>
    /// The library's log, off by default. Lines come only inside FastNet calls, on the calling thread. It is the one
    /// callback that crosses into managed code, and it is static, so that a domain reload never waits for it.
    /// </summary>
    public static unsafe class FastNetLog
    {
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        private delegate void NativeCallback(FastNetLogLevel level, byte* message, IntPtr userData);

        private static readonly NativeCallback s_native = OnLine; // Held, or the collector would take it.
        private static Action<FastNetLogLevel, string> s_sink;

        /// <summary>Sends lines up to <paramref name="level"/> to <paramref name="sink"/>; null ends the log.</summary>
        public static void Set(FastNetLogLevel level, Action<FastNetLogLevel, string> sink)
        {
            FastNetLibrary.Check();
            s_sink = sink;
            IntPtr callback = sink == null ? IntPtr.Zero : Marshal.GetFunctionPointerForDelegate(s_native);
            FastNetLibrary.Throw(Native.fastnet_log_set(sink == null ? FastNetLogLevel.Off : level, callback, IntPtr.Zero));
        }

        [MonoPInvokeCallback(typeof(NativeCallback))]
        private static void OnLine(FastNetLogLevel level, byte* message, IntPtr userData)
        {
            try
            {
                s_sink?.Invoke(level, Utf8.Text(message));
            }
            catch (Exception)
            {
                s_sink = null; // An exception must not cross into C; a sink that throws is not called again.
            }
        }
    }
}
