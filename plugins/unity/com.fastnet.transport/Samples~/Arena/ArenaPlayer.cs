using System;
using System.Collections.Generic;

namespace FastNet.Samples
{
    /// <summary>What one player knows: others as the server last said, itself ahead of that by its own inputs.</summary>
    public sealed class ArenaPlayer : IDisposable
    {
        private const int Unanswered = 128;

        private readonly HashSet<ushort> _takenEarly = new HashSet<ushort>();
        private readonly MessageBuffer _buffer = new MessageBuffer();
        private readonly byte[] _out = new byte[256];
        private readonly float[] _dx = new float[Unanswered], _dy = new float[Unanswered];
        private ushort _tick, _answered;
        private float _late;

        /// <summary>The transport below.</summary>
        public FastNetClient Net { get; }

        /// <summary>Our number; 0 until welcomed.</summary>
        public uint Id { get; private set; }

        /// <summary>Where we show ourselves.</summary>
        public float X, Y;

        /// <summary>Everybody in the newest snapshot.</summary>
        public readonly Dictionary<uint, ArenaPlace> Players = new Dictionary<uint, ArenaPlace>();

        /// <summary>What lies about.</summary>
        public readonly Dictionary<ushort, ArenaPlace> Things = new Dictionary<ushort, ArenaPlace>();

        /// <summary>How many snapshots came.</summary>
        public int Snapshots { get; private set; }

        /// <summary>Somebody said something.</summary>
        public event Action<uint, string> Said;

        /// <summary>The connection ended, or could not be made.</summary>
        public event Action<FastNetReason, string> Ended;

        /// <summary>Begins to join.</summary>
        public ArenaPlayer(string host, int port, FastNetClientOptions options = null)
        {
            options = options ?? new FastNetClientOptions();
            options.ManualFlush = true;
            Net = FastNetClient.Connect(host, port, options);
        }

        /// <summary>Call once a frame with where the player wants to go, at most 1 long.</summary>
        public void Frame(float seconds, float dx, float dy)
        {
            while (Net.TryPoll(out FastNetEvent happened))
                Handle(in happened);
            for (_late = Math.Min(_late + seconds, 0.25f); _late >= ArenaWire.TickSeconds; _late -= ArenaWire.TickSeconds)
                if (Id != 0)
                    Move(dx, dy);
            Net.Flush();
        }

        /// <summary>To everybody.</summary>
        public FastNetResult Say(string text)
        {
            return Net.Send(FastNetChannel.ReliableOrdered, new ReadOnlySpan<byte>(_out, 0, ArenaWire.WriteChat(_out, 0, text)));
        }

        public void Dispose()
        {
            Net.Dispose();
        }

        private void Move(float dx, float dy)
        {
            unchecked
            {
                _tick++;
            }
            int length = ArenaWire.WriteInput(_out, _tick, dx, dy);
            Net.Send(FastNetChannel.Sequenced, new ReadOnlySpan<byte>(_out, 0, length));
            int slot = _tick % Unanswered;
            ArenaWire.ReadDirection(new ArraySegment<byte>(_out, 0, length), out _dx[slot], out _dy[slot]); // As the server will.
            ArenaWire.Step(ref X, ref Y, _dx[slot], _dy[slot]);
        }

        private void Handle(in FastNetEvent happened)
        {
            if (happened.Type == FastNetEventType.Data)
                Hear(_buffer.Copy(in happened));
            else if (happened.Type == FastNetEventType.Disconnected)
                Ended?.Invoke(happened.Reason, happened.Text);
        }

        private void Hear(ArraySegment<byte> message)
        {
            switch (ArenaWire.KindOf(message))
            {
                case ArenaWire.Welcome:
                    Id = ArenaWire.Get32(message, 1);
                    break;
                case ArenaWire.Snapshot:
                    Reconcile(message);
                    break;
                case ArenaWire.Chat:
                    Said?.Invoke(ArenaWire.Get32(message, 1), ArenaWire.ReadText(message));
                    break;
                case ArenaWire.Appear:
                    SeeAppear(message);
                    break;
                case ArenaWire.Taken:
                    ushort thing = ArenaWire.Get16(message, 1);
                    if (!Things.Remove(thing))
                        _takenEarly.Add(thing);
                    break;
            }
        }

        private void SeeAppear(ArraySegment<byte> message)
        {
            ushort thing = ArenaWire.Get16(message, 1);
            if (!_takenEarly.Remove(thing))
                Things[thing] = new ArenaPlace { X = ArenaWire.GetFloat(message, 3), Y = ArenaWire.GetFloat(message, 7) };
        }

        /// <summary>Begin from the server's place, and apply what it has not answered yet.</summary>
        private void Reconcile(ArraySegment<byte> message)
        {
            Snapshots++;
            ArenaWire.ReadPlayers(message, Players);
            if (!Players.TryGetValue(Id, out ArenaPlace own))
                return;
            _answered = ArenaWire.Get16(message, 1);
            int waiting = unchecked((ushort)(_tick - _answered));
            X = own.X;
            Y = own.Y;
            for (int ahead = Math.Min(waiting, Unanswered - 1) - 1; ahead >= 0; ahead--)
            {
                int slot = unchecked((ushort)(_tick - ahead)) % Unanswered;
                ArenaWire.Step(ref X, ref Y, _dx[slot], _dy[slot]);
            }
        }
    }
}
