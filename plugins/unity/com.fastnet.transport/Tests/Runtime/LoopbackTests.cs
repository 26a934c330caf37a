using System;
using System.Collections;
using System.Text;
using NUnit.Framework;
using UnityEngine.TestTools;

namespace FastNet.Tests
{
    /// <summary>For Unity's test runner: a server and a client in this process, over the real library.</summary>
    public sealed class LoopbackTests
    {
        private FastNetServer _server;
        private FastNetClient _client;

        [SetUp]
        public void Begin()
        {
            FastNetLifeCycle.Start();
            _server = FastNetServer.Listen(0, 0);
            _client = FastNetClient.Connect("localhost", _server.TcpPort);
        }

        [TearDown]
        public void End()
        {
            _client.Dispose();
            _server.Dispose();
        }

        [UnityTest]
        public IEnumerator AMessageComesBackOnEveryChannel()
        {
            string heard = "";
            for (int frame = 0; frame < 2_000 && heard.Length < 4; frame++)
            {
                PollServer();
                heard += PollClient();
                yield return null;
            }
            Assert.AreEqual("0123", Sorted(heard));
        }

        [Test]
        public void AWrongPinIsRefusedWithTheReason()
        {
            var options = new FastNetClientOptions { Pins = new[] { "no pin" } };
            Assert.Throws<ArgumentException>(() => FastNetClient.Connect("localhost", _server.TcpPort, options));
        }

        private void PollServer()
        {
            while (_server.TryPoll(out FastNetEvent e))
                if (e.Type == FastNetEventType.Data)
                    _server.Send(e.PeerId, e.Channel, e.Data);
        }

        private string PollClient()
        {
            string heard = "";
            while (_client.TryPoll(out FastNetEvent e))
            {
                if (e.Type == FastNetEventType.Connected)
                    for (int channel = 0; channel < 4; channel++)
                        _client.Send((FastNetChannel)channel, Encoding.UTF8.GetBytes(channel.ToString()));
                else if (e.Type == FastNetEventType.Data)
                    heard += Encoding.UTF8.GetString(e.CopyData());
            }
            return heard;
        }

        private static string Sorted(string text)
        {
            char[] letters = text.ToCharArray();
            Array.Sort(letters);
            return new string(letters);
        }
    }
}
