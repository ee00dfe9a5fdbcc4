using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Remembers which signals were handled, by session and number, so that none is acted on twice: not after a
    /// reconnect and, restored from the audit log, not after a restart.
    /// </summary>
    public sealed class SignalLedger
    {
        /// <summary>
        /// Numbers remembered one by one. Older ones are refused as out of sequence; only the word differs.
        /// </summary>
        private const int RecentLimit = 4096;

        private readonly Dictionary<ulong, ulong> highest = new Dictionary<ulong, ulong>();
        private readonly HashSet<KeyValuePair<ulong, ulong>> recent = new HashSet<KeyValuePair<ulong, ulong>>();
        private readonly Queue<KeyValuePair<ulong, ulong>> order = new Queue<KeyValuePair<ulong, ulong>>();

        /// <summary>Judges a signal and remembers it: asked a second time the answer is Duplicate.</summary>
        /// <param name="session">of the signal</param>
        /// <param name="number">of the signal</param>
        /// <param name="linkSession">that the link is in; null: it is down, and any session will do</param>
        public SignalNovelty Take(ulong session, ulong number, ulong? linkSession)
        {
            SignalNovelty novelty = Judge(session, number);
            Remember(session, number);
            return novelty == SignalNovelty.New && linkSession.HasValue && linkSession.Value != session
                ? SignalNovelty.OtherSession
                : novelty;
        }

        /// <summary>A signal was handled.</summary>
        public void Remember(ulong session, ulong number)
        {
            ulong before;
            if (!highest.TryGetValue(session, out before) || number > before)
            {
                highest[session] = number;
            }
            var key = new KeyValuePair<ulong, ulong>(session, number);
            if (!recent.Add(key))
            {
                return;
            }
            order.Enqueue(key);
            if (order.Count > RecentLimit)
            {
                recent.Remove(order.Dequeue());
            }
        }

        private SignalNovelty Judge(ulong session, ulong number)
        {
            ulong before;
            if (!highest.TryGetValue(session, out before) || number > before)
            {
                return SignalNovelty.New;
            }
            return recent.Contains(new KeyValuePair<ulong, ulong>(session, number))
                ? SignalNovelty.Duplicate
                : SignalNovelty.OutOfSequence;
        }
    }
}
