using System.Collections.Generic;

namespace FastNet
{
    /// <summary>
    /// FastNet's peer ids have a generation inside; frameworks want small numbers from 1 up, which stay the same for the
    /// life of a connection. This maps both ways; a number is given again only after it was taken back.
    /// </summary>
    public sealed class PeerNumbers
    {
        private readonly Dictionary<uint, int> _numbers = new Dictionary<uint, int>();
        private readonly List<uint> _peers = new List<uint> { 0 };
        private readonly Queue<int> _free = new Queue<int>();

        /// <summary>How many are connected.</summary>
        public int Count => _numbers.Count;

        /// <summary>A number for a new peer.</summary>
        public int Add(uint peerId)
        {
            int number;
            if (_free.Count > 0)
            {
                number = _free.Dequeue();
                _peers[number] = peerId;
            }
            else
            {
                number = _peers.Count;
                _peers.Add(peerId);
            }
            _numbers[peerId] = number;
            return number;
        }

        /// <summary>The number of a peer; 0 if it has none.</summary>
        public int NumberOf(uint peerId)
        {
            return _numbers.TryGetValue(peerId, out int number) ? number : 0;
        }

        /// <summary>The peer of a number; 0 if it is nobody's.</summary>
        public uint PeerOf(int number)
        {
            return number > 0 && number < _peers.Count ? _peers[number] : 0;
        }

        /// <summary>Takes the number of a peer back and returns it; 0 if it had none.</summary>
        public int Remove(uint peerId)
        {
            if (!_numbers.TryGetValue(peerId, out int number))
                return 0;
            _numbers.Remove(peerId);
            _peers[number] = 0;
            _free.Enqueue(number);
            return number;
        }

        /// <summary>Forgets everybody.</summary>
        public void Clear()
        {
            _numbers.Clear();
            _peers.Clear();
            _peers.Add(0);
            _free.Clear();
        }
    }
}
