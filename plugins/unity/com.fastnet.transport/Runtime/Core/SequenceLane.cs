namespace FastNet
{
    /// <summary>
    /// "Unreliable, but in order" for a lane that carries many things at once: a number of 16 bits in front, and what is
    /// older than the newest delivered is dropped (serial arithmetic, RFC 1982). Channel 3 is not used for that: it would
    /// replace waiting messages of other senders.
    /// </summary>
    public struct SequenceLane
    {
        private ushort _sent;
        private ushort _newest;
        private bool _heard;

        /// <summary>How many bytes the number takes.</summary>
        public const int HeaderBytes = 2;

        /// <summary>The number of the next message.</summary>
        public ushort Next()
        {
            return unchecked(++_sent);
        }

        /// <summary>Whether a message of this number is newer than all before; it then counts as delivered.</summary>
        public bool Accepts(ushort number)
        {
            ushort ahead = unchecked((ushort)(number - _newest));
            if (_heard && (ahead == 0 || ahead >= 0x8000))
                return false;
            _heard = true;
            _newest = number;
            return true;
        }
    }
}
