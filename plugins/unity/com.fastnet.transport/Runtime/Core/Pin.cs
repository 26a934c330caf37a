using System;
using System.Collections.Generic;

namespace FastNet
{
    /// <summary>Pins of public keys: "sha256/" and the digest in Base64.</summary>
    internal static class Pin
    {
        private const string Prefix = "sha256/";
        private const int Bytes = 32;

        /// <summary>All pins as one block of 32 bytes each; null for none. Throws ArgumentException, which names the pin.</summary>
        internal static byte[] Decode(IReadOnlyList<string> pins)
        {
            if (pins == null || pins.Count == 0)
                return null;
            var block = new byte[pins.Count * Bytes];
            for (int i = 0; i < pins.Count; i++)
                One(pins[i]).CopyTo(block, i * Bytes);
            return block;
        }

        private static byte[] One(string pin)
        {
            byte[] digest = null;
            if (pin != null && pin.StartsWith(Prefix, StringComparison.Ordinal))
            {
                try
                {
                    digest = Convert.FromBase64String(pin.Substring(Prefix.Length));
                }
                catch (FormatException)
                {
                    digest = null;
                }
            }
            if (digest == null || digest.Length != Bytes)
                throw new ArgumentException($"\"{pin}\" is no pin: it is \"sha256/\" and 44 characters, as servers print it");
            return digest;
        }
    }
}
