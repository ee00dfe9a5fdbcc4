using System;
using System.Collections.Generic;
using System.Threading;

namespace Tickbridge.Core.Trading
{
    /// <summary>Where work for the trading thread is put. Any thread.</summary>
    internal interface ITradingLoop
    {
        /// <summary>Has it done later, in the order of posting. After the end it is dropped.</summary>
        void Post(Action work);
    }

    /// <summary>
    /// The trading thread: does what was posted, one after the other, and between looks at the clock. Everything that
    /// decides runs here and nowhere else, so none of it takes a lock, and no platform thread waits for us.
    /// </summary>
    internal sealed class TradingLoop : ITradingLoop
    {
        private const int TimerMillis = 50;

        private readonly object access = new object();
        private readonly Queue<Action> queue = new Queue<Action>();
        private readonly Action onTimer;
        private readonly Action onDrained;
        private readonly Action<Exception> onFailure;
        private readonly Action onRound;
        private readonly Action onEnd;
        private readonly Thread thread;
        private bool isStopping;
        private bool isBusy;

        /// <param name="onTimer">done some 20 times a second, and leaving work that much time in between</param>
        /// <param name="onFailure">is told what work threw; must not throw</param>
        /// <param name="onDrained">done after work that nothing waits behind, before anybody hears that it is idle</param>
        /// <param name="onRound">done before each work or wait; must not throw</param>
        /// <param name="onEnd">the last that is done</param>
        public TradingLoop(Action onTimer, Action<Exception> onFailure, Action onDrained = null, Action onRound = null,
            Action onEnd = null)
        {
            this.onEnd = onEnd ?? (() => { });
            this.onRound = onRound ?? (() => { });
            this.onTimer = onTimer;
            this.onDrained = onDrained;
            this.onFailure = onFailure;
            // Background: a host that exits without Stop must not hang on us.
            thread = new Thread(Run) { IsBackground = true, Name = "tickbridge-trading" };
        }

        /// <summary>Whether something waits behind what is being done. Any thread.</summary>
        public bool HasMore
        {
            get
            {
                lock (access)
                {
                    return queue.Count > 0;
                }
            }
        }

        public void Start()
        {
            thread.Start();
        }

        public void Post(Action work)
        {
            lock (access)
            {
                if (!isStopping)
                {
                    queue.Enqueue(work);
                    Monitor.PulseAll(access);
                }
            }
        }

        /// <summary>Does what is queued and ends. Not on the trading thread itself.</summary>
        /// <param name="patienceMillis">how long to wait for its end</param>
        /// <returns>false: it did not end in time</returns>
        public bool Stop(int patienceMillis = 5000)
        {
            lock (access)
            {
                isStopping = true;
                Monitor.PulseAll(access);
            }
            return Thread.CurrentThread == thread || thread.Join(patienceMillis);
        }

        /// <summary>Waits until nothing is queued or being done. Not on the trading thread itself.</summary>
        /// <returns>false: there was always something</returns>
        public bool WaitUntilIdle(int millis)
        {
            int start = Environment.TickCount;
            lock (access)
            {
                while (queue.Count > 0 || isBusy)
                {
                    int left = millis - (Environment.TickCount - start);
                    if (left <= 0)
                    {
                        return false;
                    }
                    Monitor.Wait(access, left);
                }
                return true;
            }
        }

        private void Run()
        {
            int lastTimer = Environment.TickCount;
            while (true)
            {
                onRound();
                Action work = Next(TimerMillis - (Environment.TickCount - lastTimer));
                if (work != null)
                {
                    Do(work);
                    if (onDrained != null && !HasMore)
                    {
                        Do(onDrained);
                    }
                }
                else if (isStopping)
                {
                    Do(onEnd);
                    return;
                }
                if (Environment.TickCount - lastTimer >= TimerMillis)
                {
                    Do(onTimer);
                    // From its end on: a timer that takes longer than its interval must not come after each single work.
                    lastTimer = Environment.TickCount;
                }
            }
        }

        private Action Next(int waitMillis)
        {
            lock (access)
            {
                isBusy = false;
                if (queue.Count == 0)
                {
                    Monitor.PulseAll(access);
                }
                if (queue.Count == 0 && !isStopping && waitMillis > 0)
                {
                    Monitor.Wait(access, waitMillis);
                }
                isBusy = queue.Count > 0;
                return isBusy ? queue.Dequeue() : null;
            }
        }

        private void Do(Action work)
        {
            try
            {
                work();
            }
            // An exception that leaves a thread takes the whole platform down with it.
            catch (Exception e)
            {
                onFailure(e);
            }
        }
    }
}
