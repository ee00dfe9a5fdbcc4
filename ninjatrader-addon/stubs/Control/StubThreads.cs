using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Windows.Threading;

namespace Tickbridge.Stubs
{
    /// <summary>
    /// The threads of the platform that the stubs are: those of its windows, its broker's, the one that tells events, and the
    /// timers that tick on them when a test says so. Any thread, once they are started.
    /// </summary>
    internal static class StubThreads
    {
        private const int UiThreads = 3;
        private const int PatienceMillis = 60000;

        private static readonly object Access = new object();
        private static readonly List<DispatcherTimer> Timers = new List<DispatcherTimer>();
        private static readonly Random Choice = new Random(1);
        private static Dispatcher[] ui = new Dispatcher[0];
        private static Dispatcher broker;
        private static Dispatcher events;

        /// <summary>The thread of the Control Center.</summary>
        public static Dispatcher Ui => ui[0];

        public static int RunningTimers
        {
            get
            {
                lock (Access)
                {
                    return Timers.Count;
                }
            }
        }

        /// <summary>Every running timer ticks once, on its own thread.</summary>
        public static void Tick()
        {
            DispatcherTimer[] now;
            lock (Access)
            {
                now = Timers.ToArray();
            }
            foreach (DispatcherTimer timer in now)
            {
                timer.Elapse();
            }
        }

        /// <summary>Waits until no thread of the platform has anything to do.</summary>
        public static void Settle()
        {
            if (!SpinWait.SpinUntil(() => All().All(dispatcher => dispatcher.IsIdle) && All().All(d => d.IsIdle),
                PatienceMillis))
            {
                throw new TimeoutException("the platform does not come to rest");
            }
        }

        /// <summary>Has something done on each thread of the windows, after what is queued there.</summary>
        public static void OnEachWindowThread(Action work)
        {
            foreach (Dispatcher dispatcher in ui)
            {
                dispatcher.InvokeAsync(work);
            }
        }

        public static Dispatcher RandomDispatcher()
        {
            lock (Access)
            {
                return ui[Choice.Next(ui.Length)];
            }
        }

        internal static void Start()
        {
            ui = Enumerable.Range(0, UiThreads).Select(i => new Dispatcher("stub-ui-" + i)).ToArray();
            broker = new Dispatcher("stub-broker");
            events = new Dispatcher("stub-events");
        }

        internal static void End()
        {
            foreach (Dispatcher dispatcher in All())
            {
                dispatcher.End();
                dispatcher.Thread.Join(PatienceMillis);
            }
        }

        internal static void Broker(Action work)
        {
            broker.InvokeAsync(work);
        }

        /// <summary>Where events are told, one after the other.</summary>
        internal static void Events(Action work)
        {
            events.InvokeAsync(work);
        }

        internal static void Timer(DispatcherTimer timer, bool isEnabled)
        {
            lock (Access)
            {
                Timers.Remove(timer);
                if (isEnabled)
                {
                    Timers.Add(timer);
                }
            }
        }

        private static IEnumerable<Dispatcher> All() => ui.Concat(new[] { broker, events });
    }
}
