using System.Collections.Generic;
using Tickbridge.Stubs;

namespace System.Windows.Threading
{
    /// <summary>
    /// A thread with a queue. Signatures: https://learn.microsoft.com/dotnet/api/system.windows.threading.dispatcher
    /// (Mono's WindowsBase has no InvokeAsync). Against the 4.8 reference assembly this file is left out.
    /// </summary>
    public sealed class Dispatcher
    {
        private static readonly object Access = new object();
        private static readonly List<Dispatcher> Known = new List<Dispatcher>();

        private readonly Queue<Action> queue = new Queue<Action>();
        private bool isBusy;
        private bool isEnding;

        internal Dispatcher(string name)
        {
            Thread = new System.Threading.Thread(Run) { IsBackground = true, Name = name };
            lock (Access)
            {
                Known.Add(this);
            }
            Thread.Start();
        }

        public static Dispatcher CurrentDispatcher
        {
            get
            {
                lock (Access)
                {
                    Dispatcher found = Known.Find(one => one.Thread == System.Threading.Thread.CurrentThread);
                    return found ?? StubThreads.Ui;
                }
            }
        }

        public System.Threading.Thread Thread { get; }

        public bool HasShutdownStarted => isEnding;

        public bool CheckAccess() => System.Threading.Thread.CurrentThread == Thread;

        public DispatcherOperation InvokeAsync(Action callback)
        {
            lock (queue)
            {
                if (!isEnding)
                {
                    queue.Enqueue(callback);
                    System.Threading.Monitor.PulseAll(queue);
                }
            }
            return new DispatcherOperation();
        }

        public void Invoke(Action callback)
        {
            if (CheckAccess())
            {
                callback();
                return;
            }
            using (var done = new System.Threading.ManualResetEvent(false))
            {
                Exception failure = null;
                InvokeAsync(() =>
                {
                    try
                    {
                        callback();
                    }
                    catch (Exception e)
                    {
                        failure = e;
                    }
                    finally
                    {
                        done.Set();
                    }
                });
                if (!done.WaitOne(60000))
                {
                    throw new TimeoutException("the dispatcher " + Thread.Name + " is stuck");
                }
                if (failure != null)
                {
                    throw new InvalidOperationException(failure.ToString(), failure);
                }
            }
        }

        internal bool IsIdle
        {
            get
            {
                lock (queue)
                {
                    return queue.Count == 0 && !isBusy;
                }
            }
        }

        internal void End()
        {
            lock (queue)
            {
                isEnding = true;
                System.Threading.Monitor.PulseAll(queue);
            }
            lock (Access)
            {
                Known.Remove(this);
            }
        }

        private void Run()
        {
            while (true)
            {
                Action next;
                lock (queue)
                {
                    isBusy = false;
                    while (queue.Count == 0 && !isEnding)
                    {
                        System.Threading.Monitor.Wait(queue);
                    }
                    if (queue.Count == 0)
                    {
                        return;
                    }
                    isBusy = true;
                    next = queue.Dequeue();
                }
                try
                {
                    next();
                }
                catch (Exception e)
                {
                    // The platform would show an unhandled exception and may end: a test must see it.
                    StubPlatform.Failed(e);
                }
            }
        }
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.threading.dispatcheroperation</summary>
    public class DispatcherOperation
    {
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.threading.dispatcherobject</summary>
    public abstract class DispatcherObject
    {
        public Dispatcher Dispatcher { get; } = Dispatcher.CurrentDispatcher;
    }

    /// <summary>
    /// https://learn.microsoft.com/dotnet/api/system.windows.threading.dispatchertimer . It ticks when a test says so
    /// (StubThreads.Tick): no test waits for time to pass.
    /// </summary>
    public class DispatcherTimer
    {
        private bool isEnabled;

        public Dispatcher Dispatcher { get; } = Dispatcher.CurrentDispatcher;

        public TimeSpan Interval { get; set; }

        public bool IsEnabled
        {
            get { return isEnabled; }
            set
            {
                isEnabled = value;
                StubThreads.Timer(this, value);
            }
        }

        public event EventHandler Tick;

        public void Start()
        {
            IsEnabled = true;
        }

        public void Stop()
        {
            IsEnabled = false;
        }

        internal void Elapse()
        {
            Dispatcher.Invoke(() =>
            {
                if (isEnabled)
                {
                    Tick?.Invoke(this, EventArgs.Empty);
                }
            });
        }
    }
}

namespace System.Windows
{
    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.dependencyproperty</summary>
    public sealed class DependencyProperty
    {
        private DependencyProperty(string name)
        {
            Name = name;
        }

        public string Name { get; }

        public static DependencyProperty Register(string name, Type propertyType, Type ownerType) =>
            new DependencyProperty(name);
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.dependencyobject</summary>
    public class DependencyObject : Threading.DispatcherObject
    {
    }
}
