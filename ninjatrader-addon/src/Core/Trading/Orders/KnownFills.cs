using System;
using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Fills of an account that were told, so that none counts twice however often the platform tells it. Trading thread.
    /// </summary>
    internal sealed class KnownFills
    {
        /// <summary>Fills remembered: far more than an account has in a day, so that a snapshot repeats none.</summary>
        private const int Limit = 200000;

        private readonly Dictionary<string, ExecutionReport> fills =
            new Dictionary<string, ExecutionReport>(StringComparer.Ordinal);

        private readonly Queue<string> order = new Queue<string>();

        /// <summary>Notes a fill, or that one was taken back.</summary>
        /// <returns>whether it was not known</returns>
        public bool Add(ExecutionReport execution)
        {
            string key = (execution.IsRemoved ? "-" : "+") + execution.ExecutionId;
            if (fills.ContainsKey(key))
            {
                return false;
            }
            fills.Add(key, execution);
            order.Enqueue(key);
            if (order.Count > Limit)
            {
                fills.Remove(order.Dequeue());
            }
            return true;
        }

        /// <summary>
        /// What a fill was told to be before, if it is told now with another quantity, price or cost, and notes what it
        /// is now; null: nothing about it changed, or it is not known.
        /// </summary>
        public ExecutionReport Correct(ExecutionReport execution)
        {
            ExecutionReport before;
            if (execution.IsRemoved || !fills.TryGetValue("+" + execution.ExecutionId, out before)
                || before.Quantity == execution.Quantity && before.Side == execution.Side
                    && before.Price == execution.Price && before.Cost.Equals(execution.Cost)
                || fills.ContainsKey("-" + execution.ExecutionId))
            {
                return null;
            }
            fills["+" + execution.ExecutionId] = execution;
            return before;
        }
    }
}
