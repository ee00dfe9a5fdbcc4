using System;
using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>Tells the audit log first, then everybody else. Trading thread.</summary>
    internal sealed class TradeReports
    {
        private readonly AuditLog audit;
        private readonly IList<IDecisionSink> sinks;
        private readonly Func<long> now;

        /// <param name="audit">is told first</param>
        /// <param name="sinks">everybody else</param>
        /// <param name="now">local clock</param>
        public TradeReports(AuditLog audit, IList<IDecisionSink> sinks, Func<long> now)
        {
            this.audit = audit;
            this.sinks = sinks;
            this.now = now;
        }

        /// <summary>Calls of sinks that threw.</summary>
        public long SinkFailures { get; private set; }

        /// <summary>What the last of them threw; null: none did.</summary>
        public Exception LastSinkFailure { get; private set; }

        /// <summary>Tells the sinks alone: the audit log has the decision already.</summary>
        public void Decided(Decision decision)
        {
            Tell(sink => sink.OnDecision(decision));
        }

        public void Heard(OrderReport order)
        {
            audit.Heard(order);
            Tell(sink => sink.OnOrder(order));
        }

        public void Heard(ExecutionReport execution)
        {
            audit.Heard(execution, now());
            Tell(sink => sink.OnExecution(execution));
        }

        public void Heard(PositionReport position)
        {
            audit.Heard(position);
            Tell(sink => sink.OnPosition(position));
        }

        public void Notice(TradingNotice notice)
        {
            audit.Noticed(notice);
            Tell(sink => sink.OnNotice(notice));
        }

        private void Tell(Action<IDecisionSink> what)
        {
            foreach (IDecisionSink sink in sinks)
            {
                try
                {
                    what(sink);
                }
                // Who listens must not be able to stop who trades.
                catch (Exception e)
                {
                    SinkFailures++;
                    LastSinkFailure = e;
                }
            }
        }
    }
}
