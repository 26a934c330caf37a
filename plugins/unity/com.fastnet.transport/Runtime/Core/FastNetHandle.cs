using System;
using System.Runtime.InteropServices;

namespace FastNet
{
    /// <summary>
    /// Owns a handle of the C library, which is a token and no address: a stale one is refused, never followed. A leaked
    /// one is ended by the finalizer.
    /// </summary>
    internal sealed class FastNetHandle : SafeHandle
    {
        private readonly bool _isServer;

        internal FastNetHandle(IntPtr value, bool isServer) : base(IntPtr.Zero, true)
        {
            _isServer = isServer;
            SetHandle(value);
        }

        public override bool IsInvalid => handle == IntPtr.Zero;

        internal IntPtr Raw => handle;

        protected override bool ReleaseHandle()
        {
            if (_isServer)
                Native.fastnet_server_destroy(handle);
            else
                Native.fastnet_client_disconnect(handle);
            return true;
        }
    }
}
