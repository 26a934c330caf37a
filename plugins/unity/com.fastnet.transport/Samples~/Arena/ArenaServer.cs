using System;
using System.Collections.Generic;

namespace FastNet.Samples
{
    /// <summary>Decides everything: where players are, who took what, who said what. Knows nothing of Unity.</summary>
    public sealed class ArenaServer : IDisposable
    {
        private const int Things = 6, PlayersMax = 8;
        private const float Reach = 14;

        private struct Wish
        {
            public float Dx, Dy;
            public ushort Tick;
        }

        private readonly Dictionary<uint, ArenaPlace> _players = new Dictionary<uint, ArenaPlace>();
        private readonly Dictionary<uint, Wish> _wishes = new Dictionary<uint, Wish>();
        private readonly Dictionary<ushort, ArenaPlace> _things = new Dictionary<ushort, ArenaPlace>();
        private readonly List<uint> _ids = new List<uint>();
        private readonly MessageBuffer _buffer = new MessageBuffer();
        private readonly byte[] _out = new byte[512];
        private readonly Random _chance;
        private ushort _nextThing = 1;
        private float _late;

        /// <summary>The transport below.</summary>
        public FastNetServer Net { get; }

        /// <summary>How many play.</summary>
        public int Players => _players.Count;

        /// <summary>Listens; port 0 is any free one.</summary>
        public ArenaServer(int udpPort, int tcpPort, int seed, FastNetServerOptions options = null)
        {
            _chance = new Random(seed);
            options = options ?? new FastNetServerOptions();
            options.PeersMax = PlayersMax;
            options.ManualFlush = true;
            Net = FastNetServer.Listen(udpPort, tcpPort, options);
            while (_things.Count < Things)
                Grow();
        }

        /// <summary>Call once a frame; runs as many ticks as time passed.</summary>
        public void Frame(float seconds)
        {
            while (Net.TryPoll(out FastNetEvent happened))
                Handle(in happened);
            for (_late = Math.Min(_late + seconds, 0.25f); _late >= ArenaWire.TickSeconds; _late -= ArenaWire.TickSeconds)
                Tick();
            Net.Flush();
        }

        public void Dispose()
        {
            Net.Dispose();
        }

        private void Tick()
        {
            foreach (uint id in _ids)
            {
                ArenaPlace place = _players[id];
                ArenaWire.Step(ref place.X, ref place.Y, _wishes[id].Dx, _wishes[id].Dy);
                place.Score += TakeNear(id, place);
                _players[id] = place;
            }
            foreach (uint id in _ids)
            {
                int length = ArenaWire.WriteSnapshot(_out, _wishes[id].Tick, _players);
                Net.Send(id, FastNetChannel.Sequenced, new ReadOnlySpan<byte>(_out, 0, length));
            }
        }

        /// <summary>At most one thing a tick.</summary>
        private ushort TakeNear(uint id, ArenaPlace place)
        {
            ushort taken = 0;
            foreach (KeyValuePair<ushort, ArenaPlace> thing in _things)
            {
                float dx = thing.Value.X - place.X, dy = thing.Value.Y - place.Y;
                if (dx * dx + dy * dy <= Reach * Reach)
                    taken = thing.Key;
            }
            if (taken == 0)
                return 0;
            _things.Remove(taken);
            Broadcast(FastNetChannel.ReliableUnordered, ArenaWire.WriteTaken(_out, taken, id));
            Grow();
            return 1;
        }

        private void Grow()
        {
            var place = new ArenaPlace { X = 20 + (float)_chance.NextDouble() * (ArenaWire.Width - 40), Y = 20 + (float)_chance.NextDouble() * (ArenaWire.Height - 40) };
            _things[_nextThing] = place;
            Broadcast(FastNetChannel.ReliableUnordered, ArenaWire.WriteAppear(_out, _nextThing, place.X, place.Y));
            _nextThing = (ushort)(_nextThing % ushort.MaxValue + 1);
        }

        private void Broadcast(FastNetChannel channel, int length)
        {
            Net.Broadcast(0, channel, new ReadOnlySpan<byte>(_out, 0, length));
        }

        private void Handle(in FastNetEvent happened)
        {
            switch (happened.Type)
            {
                case FastNetEventType.Connected:
                    Welcome(happened.PeerId);
                    break;
                case FastNetEventType.Data:
                    Hear(happened.PeerId, _buffer.Copy(in happened));
                    break;
                case FastNetEventType.Disconnected:
                    _players.Remove(happened.PeerId);
                    _ids.Remove(happened.PeerId);
                    break;
            }
        }

        private void Welcome(uint id)
        {
            _players[id] = new ArenaPlace { X = ArenaWire.Width / 2, Y = ArenaWire.Height / 2 };
            _wishes[id] = default;
            _ids.Add(id);
            int length = ArenaWire.WriteWelcome(_out, id);
            Net.Send(id, FastNetChannel.ReliableOrdered, new ReadOnlySpan<byte>(_out, 0, length));
            foreach (KeyValuePair<ushort, ArenaPlace> thing in _things)
            {
                length = ArenaWire.WriteAppear(_out, thing.Key, thing.Value.X, thing.Value.Y);
                Net.Send(id, FastNetChannel.ReliableUnordered, new ReadOnlySpan<byte>(_out, 0, length));
            }
        }

        private void Hear(uint id, ArraySegment<byte> message)
        {
            byte kind = ArenaWire.KindOf(message);
            if (kind == ArenaWire.Input)
            {
                var wish = new Wish { Tick = ArenaWire.Get16(message, 1) };
                ArenaWire.ReadDirection(message, out wish.Dx, out wish.Dy);
                _wishes[id] = wish;
            }
            else if (kind == ArenaWire.Chat)
            {
                Broadcast(FastNetChannel.ReliableOrdered, ArenaWire.WriteChat(_out, id, ArenaWire.ReadText(message)));
            }
        }
    }
}
