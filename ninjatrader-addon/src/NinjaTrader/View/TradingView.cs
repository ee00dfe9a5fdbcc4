namespace Tickbridge.View
{
    using System.Collections.Generic;
    using System.Linq;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;
    using Tickbridge.Host;
    using Mode = Tickbridge.Core.Trading.TradingMode;

    /// <summary>How trading, its limits and its orders are shown.</summary>
    internal static class TradingView
    {
        /// <summary>From this share of a limit on it is shown with caution.</summary>
        private const double NearLimit = 0.8;

        /// <summary>What is used of it is set in the same file: it comes near nothing.</summary>
        private const string OrderSize = "limit.order.quantity";

        public static IList<ViewField> Fields(TradingStatus status)
        {
            if (status == null)
            {
                return new[] { new ViewField("Trading", "does not run", Tone.Bad) };
            }
            return new[]
            {
                new ViewField("Mode", ModeOf(status.Mode), status.Mode == Mode.Live ? Tone.Bad : Tone.Plain),
                new ViewField("Armed", status.IsArmed ? "yes, " + status.Account : status.DisarmReason.Length == 0 ? "no"
                    : "no, disarmed " + Words.Second(status.DisarmedAt) + ": " + status.DisarmReason,
                    status.IsArmed ? Tone.Caution : Tone.Plain),
                new ViewField("Kill switch", !status.IsKilled ? "not pulled"
                    : "pulled: " + status.KillReason + "; " + Banners.Killed(status),
                    status.IsKilled ? Tone.Bad : Tone.Good),
                new ViewField("NinjaTrader", status.Account.Length == 0 ? "no account yet"
                    : status.IsPlatformConnected ? "connected" : "not connected",
                    status.Account.Length == 0 ? Tone.Plain : status.IsPlatformConnected ? Tone.Good : Tone.Bad),
                new ViewField("Reconciled", status.Account.Length == 0 ? "no account yet" : status.IsReconciled ? "yes"
                    : status.Doubt == null ? "no" : "no: " + status.Doubt),
                new ViewField("Audit log", status.AuditFailure ?? "written",
                    status.AuditFailure == null ? Tone.Plain : Tone.Bad),
                new ViewField("Decisions", Words.Count(status.SignalsPassed) + " passed, "
                    + Words.Count(status.SignalsRefused) + " refused" + (status.SignalsDropped == 0 ? ""
                    : ", " + Words.Count(status.SignalsDropped) + " dropped")),
                new ViewField("Without a name", status.UnmappedInstruments.Count == 0 ? "none"
                    : string.Join(", ", status.UnmappedInstruments.ToArray()),
                    status.UnmappedInstruments.Count == 0 ? Tone.Plain : Tone.Caution)
            };
        }

        /// <summary>A row for each way that signals went, with the last that went it: none is pushed out by others.</summary>
        public static ViewTable Decisions(TradingStatus status) => new ViewTable("Decisions", new[]
        {
            new ViewColumn("Last (UTC)", 100), new ViewColumn("Signals", 80), new ViewColumn("Became", 200),
            new ViewColumn("The last", 180), new ViewColumn("Why", 360)
        }, (status == null ? new DecisionCount[0] : status.Decisions).Select(Row).ToArray());

        public static ViewTable Limits(TradingStatus status) => new ViewTable("Limits", new[]
        {
            new ViewColumn("Limit", 180), new ViewColumn("Used", 80), new ViewColumn("Allowed", 80),
            new ViewColumn("Unit", 140)
        }, (status == null ? new LimitUse[0] : status.Limits).Select(Row).ToArray());

        public static ViewTable Orders(TradingStatus status)
        {
            var rows = new List<ViewRow>();
            if (status != null)
            {
                rows.AddRange(status.Positions.Select(position => new ViewRow(Tone.Caution, "position",
                    position.Instrument, position.Quantity > 0 ? "Long" : "Short",
                    System.Math.Abs(position.Quantity).ToString(System.Globalization.CultureInfo.InvariantCulture),
                    Words.Price(position.AveragePrice), "")));
                rows.AddRange(status.WorkingOrders.Select(order => new ViewRow(Tone.Plain, order.Name, order.Instrument,
                    order.Side + " " + order.Kind, order.Filled + "/" + order.Quantity,
                    Words.Price(order.LimitPrice != LinkProtocol.NullPrice ? order.LimitPrice : order.StopPrice),
                    order.Status.ToString())));
            }
            return new ViewTable("Positions and working orders", new[]
            {
                new ViewColumn("Name", 180), new ViewColumn("Instrument", 100), new ViewColumn("Side", 110),
                new ViewColumn("Quantity", 70), new ViewColumn("Price", 90), new ViewColumn("State", 110)
            }, rows);
        }

        private static ViewRow Row(LimitUse limit) => new ViewRow(limit.Used > limit.Limit ? Tone.Bad
            : limit.Used >= NearLimit * limit.Limit && limit.Name != OrderSize ? Tone.Caution : Tone.Plain,
            limit.Name, Words.Amount(limit.Used), Words.Amount(limit.Limit), limit.Unit);

        private static ViewRow Row(DecisionCount decided)
        {
            Decision last = decided.Last;
            return new ViewRow(last.IsPassed ? Tone.Good : last.Mode == Mode.DryRun || IsWanted(last.RefusedBy) ? Tone.Plain
                : Tone.Caution, Words.Time(last.Time), Words.Count(decided.Count), last.IsPassed
                ? last.IsSent ? "sent" : "passed, not sent" : "refused by " + last.RefusedBy,
                last.SignalNumber + " " + last.Instrument + (last.Side.HasValue ? " " + last.Side.Value : ""), last.Text);
        }

        /// <summary>
        /// A person chose that such signals are not traded, and the first line tells of the rest: no row of these wants a
        /// look, however many there are.
        /// </summary>
        private static bool IsWanted(RiskRule rule) => rule == RiskRule.Killed || rule == RiskRule.Mode
            || rule == RiskRule.SignalSide || rule == RiskRule.InstrumentMap || rule == RiskRule.InstrumentAllowed
            || rule == RiskRule.RuleAllowed;

        private static string ModeOf(Mode mode) => mode == Mode.Live ? "LIVE"
            : mode == Mode.Simulation ? "simulation" : "dry run";
    }
}
