using System;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    /// <summary>A link to a scripted gateway, on a clock that the test moves.</summary>
    public abstract class LinkFixture
    {
        protected ScriptedGateway Gateway { get; private set; }

        protected RecordingListener Listener { get; private set; }

        protected FakeClock Clock { get; private set; }

        protected LinkOptions Options { get; private set; }

        protected LinkClient Link { get; private set; }

        [SetUp]
        public void Open()
        {
            Gateway = new ScriptedGateway();
            Listener = new RecordingListener();
            Clock = new FakeClock();
            Options = new LinkOptions
            {
                Port = Gateway.Port,
                Key = ScriptedGateway.Key,
                ClientName = "test",
                Idle = IdleMode.Block,
                FirstRetry = TimeSpan.FromMilliseconds(1),
                LongestRetry = TimeSpan.FromMilliseconds(1)
            };
            Link = new LinkClient(Options, Listener, Clock);
        }

        [TearDown]
        public void Close()
        {
            // The gateway first: the link then need not wait for it to close.
            Gateway.Dispose();
            Assert.IsTrue(Link.Stop(), "the link thread did not end");
        }

        /// <summary>Starts the link and accepts its logon.</summary>
        protected void LogOn(ulong next = 1, ulong last = 0)
        {
            Link.Start();
            Gateway.Accept().Challenge().AcceptLogon(next, last);
            Listener.Expect("connected " + next);
        }

        /// <summary>Takes the link's next logon after a reconnection.</summary>
        protected void LogOnAgain(ulong next, ulong last, ulong session = ScriptedGateway.Session)
        {
            Gateway.Accept().Challenge().AcceptLogon(next, last, session);
            Listener.Expect("connected " + next);
        }

        /// <summary>
        /// Answers the probe that follows a logon so that the gateway's clock is ahead by an offset, without delay.
        /// </summary>
        protected void AnswerProbe(long offset, ulong lastSequence = 0)
        {
            byte[] probe = Gateway.ReadFrame(7);
            long t1 = BitConverter.ToInt64(probe, 40);
            Gateway.Send(FrameBuilder.ClockReply(BitConverter.ToUInt64(probe, 32), t1, t1 + offset, t1 + offset,
                lastSequence));
        }
    }
}
