using System;
using System.Text;

namespace FastNet
{
    /// <summary>Text across the border: UTF-8 with a zero byte behind it.</summary>
    internal static unsafe class Utf8
    {
        private static readonly UTF8Encoding Encoding = new UTF8Encoding(false);

        /// <summary>The bytes of a text with a zero byte behind them; null stays null.</summary>
        internal static byte[] Bytes(string text)
        {
            if (text == null)
                return null;
            var bytes = new byte[Encoding.GetByteCount(text) + 1];
            Encoding.GetBytes(text, 0, text.Length, bytes, 0);
            return bytes;
        }

        /// <summary>The text at a pointer, up to its zero byte; NULL is the empty text.</summary>
        internal static string Text(byte* bytes)
        {
            if (bytes == null)
                return "";
            int length = 0;
            while (bytes[length] != 0)
                length++;
            return Encoding.GetString(bytes, length);
        }

        /// <summary>The text of so many bytes.</summary>
        internal static string Text(byte* bytes, int length)
        {
            return bytes == null || length == 0 ? "" : Encoding.GetString(bytes, length);
        }
    }
}
