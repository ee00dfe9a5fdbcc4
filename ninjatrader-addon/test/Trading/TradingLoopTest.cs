using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    [TestFixture]
    public class TradingLoopTest
    {
        private const int PatienceMillis = 20000;

        [Test]
        public void DoesEverythingOnceInOrderOnOneThread()
        {
            const int posters = 4;
            const int each = 5000;
            var done = new List<int>[posters].Select(list => new List<int>()).ToArray();
            var threads = new HashSet<int>();
            var loop = new TradingLoop(() => threads.Add(Thread.CurrentThread.ManagedThreadId), e => Assert.Fail());
            loop.Start();
            Thread[] running = Enumerable.Range(0, posters).Select(poster => new Thread(() =>
            {
                for (int i = 0; i < each; i++)
                {
                    int number = i;
                    loop.Post(() =>
                    {
                        threads.Add(Thread.CurrentThread.ManagedThreadId);
                        done[poster].Add(number);
                    });
                }
            })).ToArray();
            foreach (Thread thread in running)
            {
                thread.Start();
            }
            foreach (Thread thread in running)
            {
                thread.Join();
            }
            Assert.IsTrue(loop.WaitUntilIdle(PatienceMillis));
            Assert.IsTrue(loop.Stop());
            foreach (List<int> list in done)
            {
                CollectionAssert.AreEqual(Enumerable.Range(0, each), list);
            }
            Assert.AreEqual(1, threads.Count);
        }

        [Test]
        public void WhatThrowsIsToldAndTheRestGoesOn()
        {
            Exception told = null;
            bool went = false;
            var loop = new TradingLoop(() => { }, e => told = e);
            loop.Start();
            loop.Post(() => { throw new InvalidOperationException("test"); });
            loop.Post(() => went = true);
            Assert.IsTrue(loop.Stop(), "what is queued is done before the end");
            Assert.AreEqual("test", told.Message);
            Assert.IsTrue(went);
        }

        [Test]
        public void TheTimerRunsThoughWorkKeepsComing()
        {
            var ticked = new ManualResetEvent(false);
            var loop = new TradingLoop(() => ticked.Set(), e => Assert.Fail());
            Action again = null;
            again = () => loop.Post(again);
            loop.Post(again);
            loop.Start();
            Assert.IsTrue(ticked.WaitOne(PatienceMillis));
            Assert.IsTrue(loop.Stop());
        }

        [Test]
        public void ATimerThatTakesLongLeavesWorkItsTime()
        {
            const int works = 200;
            int timers = 0;
            int done = 0;
            var loop = new TradingLoop(() =>
            {
                timers++;
                int start = Environment.TickCount;
                SpinWait.SpinUntil(() => Environment.TickCount - start >= 60);
            }, e => Assert.Fail());
            for (int i = 0; i < works; i++)
            {
                loop.Post(() => done++);
            }
            loop.Start();
            Assert.IsTrue(loop.WaitUntilIdle(PatienceMillis));
            Assert.IsTrue(loop.Stop());
            Assert.AreEqual(works, done);
            Assert.Less(timers, works / 4, "a backlog is not worked off at the timer's pace");
        }

        [Test]
        public void NobodyHearsThatItIsIdleBeforeWhatIsDoneAtTheEndOfABacklog()
        {
            int done = 0;
            int seen = 0;
            var loop = new TradingLoop(() => { }, e => Assert.Fail(), () => seen = done);
            loop.Start();
            for (int round = 1; round <= 200; round++)
            {
                loop.Post(() => done++);
                loop.Post(() => done++);
                Assert.IsTrue(loop.WaitUntilIdle(PatienceMillis));
                Assert.AreEqual(2 * round, seen);
            }
            Assert.IsTrue(loop.Stop());
        }

        [Test]
        public void WhatIsPostedAfterTheEndIsDropped()
        {
            var loop = new TradingLoop(() => { }, e => Assert.Fail());
            loop.Start();
            Assert.IsTrue(loop.Stop());
            loop.Post(() => Assert.Fail());
        }
    }
}
