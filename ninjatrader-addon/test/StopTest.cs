using System;
using System.Threading;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    [TestFixture]
    public class StopTest : LinkFixture
    {
        [Test]
        public void StoppingLogsOutAndEndsTheThread()
        {
            LogOn();
            bool stopped = false;
            var stopper = new Thread(() => stopped = Link.Stop());
            stopper.Start();
            byte[] logout = Gateway.ReadFrame(5);
            Gateway.Hangup();
            stopper.Join();

            Assert.AreEqual(1, BitConverter.ToUInt16(logout, 32), "reason REQUESTED");
            Assert.IsTrue(stopped);
            Listener.Expect("disconnected Stopped");
            Assert.IsNull(Listener.LastRetry);
            Assert.IsFalse(Link.IsLoggedOn);
            Assert.AreEqual(0, Link.Counters[LinkCounter.Disconnects]);
        }

        [Test]
        public void StartAndStopMayBeRepeated()
        {
            LogOn();
            Link.Start();
            Gateway.Hangup();
            Assert.IsTrue(Link.Stop());
            Assert.IsTrue(Link.Stop());
            Assert.Throws<InvalidOperationException>(() => Link.Start());
        }

        [Test]
        public void StoppedBeforeItStartedItStaysSo()
        {
            Assert.IsTrue(Link.Stop());
            Assert.Throws<InvalidOperationException>(() => Link.Start());
        }

        [Test]
        public void TheListenerMayStopIt()
        {
            bool stopped = false;
            Listener.WhenSignal = signal => stopped = Link.Stop();
            LogOn();
            Gateway.Send(FrameBuilder.Signal(1, 1));
            Listener.Expect("signal 1 Unknown");
            Gateway.Hangup();

            Listener.Expect("disconnected Stopped");
            Assert.IsTrue(stopped);
        }

        [Test]
        public void StoppingCutsAWaitForTheNextAttemptShort()
        {
            Options.RejectedRetry = TimeSpan.FromHours(1);
            Link.Start();
            Gateway.Accept().Challenge().Send(FrameBuilder.LogonRejected(6, "full"));
            Listener.Expect("rejected TooManyPeers full (nothing proves that the gateway said so)", "disconnected LogonRejected");

            Assert.IsTrue(Link.Stop());
        }

        [TestCase(IdleMode.Spin)]
        [TestCase(IdleMode.Yield)]
        [TestCase(IdleMode.Block)]
        public void EveryIdleModeReceivesAndStops(IdleMode mode)
        {
            Options.Idle = mode;
            LogOn();
            Gateway.Send(FrameBuilder.Signal(1, 1));
            Listener.Expect("signal 1 Unknown");
            Gateway.Hangup();

            Assert.IsTrue(Link.Stop());
        }
    }
}
