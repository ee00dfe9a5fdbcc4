using System;
using System.Globalization;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Looks at the audit log: what goes wrong with it disarms, is told to people once however little is traded, and is an
    /// alarm while something is open that is not written down. Trading thread.
    /// </summary>
    internal sealed class AuditWatch
    {
        private readonly AuditLog audit;
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly Func<bool> isSomethingOpen;
        private bool wasWritable = true;
        private long lost;

        public AuditWatch(AuditLog audit, TradingState state, ITradeSupervisor supervisor, Func<bool> isSomethingOpen)
        {
            this.audit = audit;
            this.state = state;
            this.supervisor = supervisor;
            this.isSomethingOpen = isSomethingOpen;
        }

        /// <summary>Why no entry passes; null: it is as it should be.</summary>
        public string Failure => audit.Failure;

        /// <summary>null: none.</summary>
        public string Alarm => audit.Lost == 0 || !isSomethingOpen()
            ? null
            : "what is open is traded on without a record: the audit log cannot be written, " + Lines(audit.Lost)
                + " lost: " + audit.Failure;

        public void Look()
        {
            if (!audit.IsWritable && state.IsArmed)
            {
                supervisor.Disarm("the audit log cannot be written: " + audit.Failure);
            }
            if (wasWritable && !audit.IsWritable)
            {
                supervisor.Notice(NoticeKind.Warning, null, "", "no entry passes, the audit log: " + audit.Failure);
            }
            wasWritable = audit.IsWritable;
            if (audit.Lost > 0)
            {
                lost = Math.Max(lost, audit.Lost);
            }
            else if (lost > 0)
            {
                // Its own line stands in the log already.
                supervisor.Notice(NoticeKind.Warning, null, "", "the audit log is written again; at least " + Lines(lost)
                    + " lost");
                lost = 0;
            }
        }

        private static string Lines(long count) => count.ToString(CultureInfo.InvariantCulture)
            + (count == 1 ? " line was" : " lines were");
    }
}
