using System;
using System.Collections.Generic;
using System.Text;

namespace FastNet.Samples
{
    /// <summary>A player as a snapshot tells it.</summary>
    public struct ArenaPlace
    {
        public float X, Y;
        public ushort Score;
    }

    /// <summary>
    /// The messages of the arena; the table is in the repository's examples/ARENA.md, and the Godot sample speaks the same.
    /// Writers fill a buffer that the caller owns and return the length; readers say no to what is malformed.
    /// </summary>
    public static class ArenaWire
    {
        public const byte Input = 1, Snapshot = 2, Chat = 3, Appear = 4, Taken = 5, Welcome = 6;
        public const int ChatBytesMax = 200, PlayerBytes = 14;
        public const float Width = 640, Height = 360, Speed = 160, TickSeconds = 1f / 60f;

        public static int WriteInput(byte[] to, ushort tick, float dx, float dy)
        {
            to[0] = Input;
            Put16(to, 1, tick);
            to[3] = unchecked((byte)(sbyte)Math.Round(dx * 127));
            to[4] = unchecked((byte)(sbyte)Math.Round(dy * 127));
            return 5;
        }

        public static int WriteSnapshot(byte[] to, ushort tick, Dictionary<uint, ArenaPlace> players)
        {
            to[0] = Snapshot;
            Put16(to, 1, tick);
            to[3] = (byte)players.Count;
            int at = 4;
            foreach (KeyValuePair<uint, ArenaPlace> player in players)
            {
                Put32(to, at, player.Key);
                PutFloat(to, at + 4, player.Value.X);
                PutFloat(to, at + 8, player.Value.Y);
                Put16(to, at + 12, player.Value.Score);
                at += PlayerBytes;
            }
            return at;
        }

        public static int WriteChat(byte[] to, uint from, string text)
        {
            to[0] = Chat;
            Put32(to, 1, from);
            while (Encoding.UTF8.GetByteCount(text) > ChatBytesMax)
                text = text.Substring(0, text.Length - 1);
            return 5 + Encoding.UTF8.GetBytes(text, 0, text.Length, to, 5);
        }

        public static int WriteAppear(byte[] to, ushort thing, float x, float y)
        {
            to[0] = Appear;
            Put16(to, 1, thing);
            PutFloat(to, 3, x);
            PutFloat(to, 7, y);
            return 11;
        }

        public static int WriteTaken(byte[] to, ushort thing, uint by)
        {
            to[0] = Taken;
            Put16(to, 1, thing);
            Put32(to, 3, by);
            return 7;
        }

        public static int WriteWelcome(byte[] to, uint id)
        {
            to[0] = Welcome;
            Put32(to, 1, id);
            return 5;
        }

        /// <summary>The kind of a well-formed message, else 0.</summary>
        public static byte KindOf(ArraySegment<byte> message)
        {
            int length = message.Count;
            byte kind = length > 0 ? message.Array[message.Offset] : (byte)0;
            switch (kind)
            {
                case Input: return length == 5 ? kind : (byte)0;
                case Snapshot: return length >= 4 && length == 4 + message.Array[message.Offset + 3] * PlayerBytes ? kind : (byte)0;
                case Chat: return length >= 5 && length <= 5 + ChatBytesMax ? kind : (byte)0;
                case Appear: return length == 11 ? kind : (byte)0;
                case Taken: return length == 7 ? kind : (byte)0;
                case Welcome: return length == 5 ? kind : (byte)0;
                default: return 0;
            }
        }

        /// <summary>The direction of an input, at most 1 long.</summary>
        public static void ReadDirection(ArraySegment<byte> message, out float dx, out float dy)
        {
            dx = unchecked((sbyte)message.Array[message.Offset + 3]) / 127f;
            dy = unchecked((sbyte)message.Array[message.Offset + 4]) / 127f;
            float length = (float)Math.Sqrt(dx * dx + dy * dy);
            if (length <= 1)
                return;
            dx /= length;
            dy /= length;
        }

        public static void ReadPlayers(ArraySegment<byte> message, Dictionary<uint, ArenaPlace> into)
        {
            into.Clear();
            for (int at = 4; at < message.Count; at += PlayerBytes)
            {
                var place = new ArenaPlace { X = GetFloat(message, at + 4), Y = GetFloat(message, at + 8), Score = Get16(message, at + 12) };
                into[Get32(message, at)] = place;
            }
        }

        public static string ReadText(ArraySegment<byte> message)
        {
            return Encoding.UTF8.GetString(message.Array, message.Offset + 5, message.Count - 5);
        }

        /// <summary>One tick of movement; the same at both ends, so that a prediction comes true.</summary>
        public static void Step(ref float x, ref float y, float dx, float dy)
        {
            x = Math.Min(Math.Max(x + dx * Speed * TickSeconds, 0), Width);
            y = Math.Min(Math.Max(y + dy * Speed * TickSeconds, 0), Height);
        }

        public static ushort Get16(ArraySegment<byte> from, int at)
        {
            return (ushort)(from.Array[from.Offset + at] | from.Array[from.Offset + at + 1] << 8);
        }

        public static uint Get32(ArraySegment<byte> from, int at)
        {
            return (uint)(Get16(from, at) | Get16(from, at + 2) << 16);
        }

        public static float GetFloat(ArraySegment<byte> from, int at)
        {
            return BitConverter.Int32BitsToSingle((int)Get32(from, at));
        }

        private static void Put16(byte[] to, int at, ushort value)
        {
            to[at] = (byte)value;
            to[at + 1] = (byte)(value >> 8);
        }

        private static void Put32(byte[] to, int at, uint value)
        {
            Put16(to, at, (ushort)value);
            Put16(to, at + 2, (ushort)(value >> 16));
        }

        private static void PutFloat(byte[] to, int at, float value)
        {
            Put32(to, at, (uint)BitConverter.SingleToInt32Bits(value));
        }
    }
}
