namespace FastNet
{
    public readonly unsafe ref partial struct FastNetEvent
    {
        /// <summary>The explanation that Disconnected and Error carry. Allocates a string.</summary>
        public string Text => Utf8.Text(_raw.Data, (int)_raw.DataLen);

        /// <summary>A copy of the message, for keeping beyond the next poll. Allocates an array.</summary>
        public byte[] CopyData()
        {
            return Data.ToArray();
        }
    }
}
