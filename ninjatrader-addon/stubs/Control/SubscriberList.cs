using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Stubs
{
    /// <summary>Subscriptions by name of the event. To leave without having come is an error, as it is there.</summary>
    internal sealed class SubscriberList
    {
        private readonly Dictionary<string, List<Delegate>> lists = new Dictionary<string, List<Delegate>>();

        /// <summary>Done by who has just joined an event of this name, and may throw.</summary>
        public Action<string> Joined { get; set; } = name => { };

        public int Count
        {
            get
            {
                lock (lists)
                {
                    return lists.Values.Sum(list => list.Count);
                }
            }
        }

        /// <summary>Names and counts of what is subscribed.</summary>
        public override string ToString()
        {
            lock (lists)
            {
                return string.Join(", ", lists.Where(list => list.Value.Count > 0)
                    .Select(list => list.Key + " " + list.Value.Count));
            }
        }

        public void Add(string name, Delegate handler)
        {
            lock (lists)
            {
                List<Delegate> list;
                if (!lists.TryGetValue(name, out list))
                {
                    list = new List<Delegate>();
                    lists.Add(name, list);
                }
                list.Add(handler);
            }
            Joined(name);
        }

        public void Remove(string name, Delegate handler)
        {
            lock (lists)
            {
                List<Delegate> list;
                if (!lists.TryGetValue(name, out list) || !list.Remove(handler))
                {
                    StubPlatform.Failed(new InvalidOperationException("unsubscribed from " + name + " without being so"));
                }
            }
        }

        public Delegate[] Of(string name)
        {
            lock (lists)
            {
                List<Delegate> list;
                return lists.TryGetValue(name, out list) ? list.ToArray() : new Delegate[0];
            }
        }
    }
}
