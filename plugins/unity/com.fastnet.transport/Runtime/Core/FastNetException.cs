using System;

namespace FastNet
{
    /// <summary>A call failed. The message says what to do.</summary>
    public sealed class FastNetException : Exception
    {
        /// <summary>What class of failure it was.</summary>
        public FastNetResult Result { get; }

        /// <summary>A failure with its text.</summary>
        public FastNetException(FastNetResult result, string message) : base(message)
        {
            Result = result;
        }

        /// <summary>The latest failure of this thread, as the library tells it.</summary>
        internal static FastNetException Latest(FastNetResult result)
        {
            return new FastNetException(result, FastNetLibrary.LastError);
        }
    }
}
