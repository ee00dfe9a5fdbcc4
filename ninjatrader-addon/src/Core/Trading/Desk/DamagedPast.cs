namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The audit log of today or yesterday was damaged: what was lost and which signals were handled today may not all be
    /// known. An alarm until a person has armed with that in view: who is told it first, and then asks again. Trading thread.
    /// </summary>
    internal sealed class DamagedPast
    {
        private readonly AuditLog audit;
        private readonly ITradeSupervisor supervisor;
        private bool isTold;
        private bool isAccepted;

        public DamagedPast(AuditLog audit, ITradeSupervisor supervisor)
        {
            this.audit = audit;
            this.supervisor = supervisor;
        }

        /// <summary>null: none.</summary>
        public string Alarm => isAccepted || audit.RecentDamage.Length == 0
            ? null
            : "the audit log of today or yesterday was damaged (" + audit.RecentDamage.TrimEnd(' ', ';') + "): of the loss of "
                + "the day and the signals handled so far something may not be known; compare the loss of the day with "
                + "NinjaTrader's";

        /// <summary>A person wants to arm.</summary>
        /// <returns>null, or what he must know before: asked again he knows</returns>
        public string Ask()
        {
            if (isTold || Alarm == null)
            {
                return null;
            }
            isTold = true;
            return Alarm + ", and arm once more to trade all the same";
        }

        /// <summary>He has armed.</summary>
        public void Accept()
        {
            string known = Alarm;
            if (known != null)
            {
                isAccepted = true;
                supervisor.Notice(NoticeKind.Warning, null, "", "armed by a person who was told: " + known);
            }
        }
    }
}
