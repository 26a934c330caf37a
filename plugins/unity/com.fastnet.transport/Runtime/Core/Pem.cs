namespace FastNet
{
    /// <summary>What an option gives as PEM: the text itself, or the path of a file. The library takes them apart.</summary>
    internal readonly unsafe struct Pem
    {
        private readonly bool _isText;

        /// <summary>UTF-8 with a zero byte behind it, for pinning; null if nothing was given.</summary>
        internal readonly byte[] Bytes;

        internal Pem(string textOrPath)
        {
            Bytes = Utf8.Bytes(textOrPath);
            _isText = textOrPath != null && textOrPath.Contains("-----BEGIN");
        }

        /// <summary>The length of the text; 0 for a path.</summary>
        internal uint TextLength => _isText ? (uint)(Bytes.Length - 1) : 0;

        /// <summary>The pinned bytes if they are text.</summary>
        internal byte* Text(byte* pinned)
        {
            return _isText ? pinned : null;
        }

        /// <summary>The pinned bytes if they are a path.</summary>
        internal byte* Path(byte* pinned)
        {
            return _isText ? null : pinned;
        }
    }
}
