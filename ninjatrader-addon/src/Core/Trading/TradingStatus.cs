using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>A limit and how much of it is used, for showing. Immutable.</summary>
    public sealed class LimitUse
    {
        public LimitUse(string name, double used, double limit, string unit)
        {
            Name = name;
            Used = used;
            Limit = limit;
            Unit = unit;
        }

        /// <summary>Name of the setting.</summary>
        public string Name { get; }

        public double Used { get; }

        public double Limit { get; }

        public string Unit { get; }
    }

    /// <summary>Trading as a window shows it. Not changed after it was published.</summary>
    public sealed class TradingStatus
    {
        public TradingMode Mode { get; set; }

        /// <summary>Entries are sent. Never true in DryRun.</summary>
        public bool IsArmed { get; set; }

        /// <summary>Why it was disarmed last; empty: it is armed, or never was since trading began.</summary>
        public string DisarmReason { get; set; } = "";

        /// <summary>When that was, local clock, ns since the Unix epoch; 0: see above.</summary>
        public long DisarmedAt { get; set; }

        /// <summary>What a person's KILL would close, and where: "ES, NQ on Sim101"; empty: nothing.</summary>
        public string Reach { get; set; } = "";

        /// <summary>Accounts of those that cannot be asked: a person's KILL closes nothing there until they are connected.</summary>
        public IList<string> Unconnected { get; set; } = new string[0];

        /// <summary>The kill switch is latched.</summary>
        public bool IsKilled { get; set; }

        /// <summary>Why; empty when not killed.</summary>
        public string KillReason { get; set; } = "";

        /// <summary>The kill switch has verified that nothing is open.</summary>
        public bool IsFlatVerified { get; set; }

        /// <summary>What the kill switch saw flat, or is closing; empty: it looked at nothing since trading began.</summary>
        public string Reached { get; set; } = "";

        /// <summary>Accounts that the kill switch could not ask: whether something is open there is not known.</summary>
        public IList<string> NotLookedAt { get; set; } = new string[0];

        /// <summary>
        /// Accounts that an earlier run's kill switch had seen flat, and that this run has not looked at yet or found open:
        /// nothing is being closed there.
        /// </summary>
        public IList<string> OpenSince { get; set; } = new string[0];

        /// <summary>
        /// The kill switch latched before any account was traded on, or could reach nothing: nothing was there to be flattened.
        /// </summary>
        public bool HasNothingToFlatten { get; set; }

        /// <summary>What of this run is open still, or being flattened; empty: nothing is.</summary>
        public string Unfinished { get; set; } = "";

        /// <summary>Account and instrument of positions of an earlier run that a stop covers.</summary>
        public IList<string> LeftOpen { get; set; } = new string[0];

        /// <summary>A person must look: text of the alarm; null: none.</summary>
        public string Alarm { get; set; }

        /// <summary>Why the audit log lets no entry pass; null: it is written as it should be.</summary>
        public string AuditFailure { get; set; }

        /// <summary>Account armed, or last armed; empty: none.</summary>
        public string Account { get; set; } = "";

        public bool IsLinkUp { get; set; }

        public bool IsPlatformConnected { get; set; }

        public bool IsReconciled { get; set; }

        /// <summary>
        /// Why what the platform shows of the account is not believed yet, and what is waited for; null: it is believed.
        /// </summary>
        public string Doubt { get; set; }

        public IList<LimitUse> Limits { get; set; } = new LimitUse[0];

        /// <summary>Positions of the account that are not flat.</summary>
        public IList<PositionReport> Positions { get; set; } = new PositionReport[0];

        /// <summary>Orders of the account that have not ended.</summary>
        public IList<OrderReport> WorkingOrders { get; set; } = new OrderReport[0];

        public long SignalsPassed { get; set; }

        public long SignalsRefused { get; set; }

        /// <summary>Signals that were not judged: trading was held up, and too many waited already.</summary>
        public long SignalsDropped { get; set; }

        /// <summary>Decisions by what became of the signal: sent, passed, then each rule that refused.</summary>
        public IList<DecisionCount> Decisions { get; set; } = new DecisionCount[0];

        /// <summary>Signals of instruments that the map has no name for, by the gateway's symbol.</summary>
        public IList<string> UnmappedInstruments { get; set; } = new string[0];

        /// <summary>The last decision; null: none yet.</summary>
        public Decision LastDecision { get; set; }

        /// <summary>The same with an alarm before its own.</summary>
        internal TradingStatus With(string alarm)
        {
            var copy = (TradingStatus)MemberwiseClone();
            copy.Alarm = Alarm == null ? alarm : alarm + "; " + Alarm;
            return copy;
        }
    }
}
