namespace Tickbridge.View
{
    using System.Linq;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;
    using Tickbridge.Host;
    using Mode = Tickbridge.Core.Trading.TradingMode;

    /// <summary>The window's first line: the worst that is. What it outranks is said behind it, never left out.</summary>
    internal static class Banners
    {
        public static ViewField Of(BridgeReading reading)
        {
            TradingStatus trading = reading.Trading;
            if (reading.Failure != null || trading == null)
            {
                return new ViewField("Not running", (reading.Failure ?? "trading does not run") + (reading.IsKillWaiting
                    ? "; KILL is done as soon as it runs" : ""), Tone.Bad);
            }
            if (trading.Alarm != null)
            {
                return new ViewField("ALARM", trading.Alarm + (trading.IsKilled ? "; killed, " + Killed(trading) : "")
                    + Armed(trading) + Left(trading), Tone.Bad);
            }
            if (trading.IsKilled)
            {
                return new ViewField("KILLED", trading.KillReason + "; " + Killed(trading), Tone.Bad);
            }
            if (!reading.IsConnected)
            {
                return new ViewField("No link", reading.Connection + Armed(trading) + Left(trading), Tone.Bad);
            }
            string reports = AreReportsLost(reading, trading) ? "; NOT JOURNALLED, see Reports" : "";
            if (trading.IsArmed)
            {
                return new ViewField(trading.Mode == Mode.Live ? "LIVE" : "ARMED", "signals trade on " + trading.Account
                    + Left(trading) + reports, trading.Mode == Mode.Live || reports.Length > 0 ? Tone.Bad : Tone.Caution);
            }
            if (trading.Mode != Mode.DryRun)
            {
                return new ViewField("Disarmed", Disarmed(trading) + "signals are refused; stops and targets of " + trading.Account + " stay"
                    + (trading.Unfinished.Length > 0 ? "; open: " + trading.Unfinished : "") + Left(trading) + reports,
                    Tone.Caution);
            }
            string left = Left(trading);
            return new ViewField("Dry run", "every signal is judged, nothing is sent" + left + reports,
                left.Length + reports.Length > 0 ? Tone.Caution : Tone.Good);
        }

        /// <summary>How far the kill switch is, and of what that is said: what it did not look at is not called flat.</summary>
        public static string Killed(TradingStatus trading)
        {
            if (trading.IsFlatVerified)
            {
                return (trading.Reached.Length > 0 ? "flat in " + trading.Reached : "an earlier run saw it flat")
                    + (trading.NotLookedAt.Count == 0 ? "" : " but not known of "
                    + string.Join(", ", trading.NotLookedAt.ToArray()) + ", not connected");
            }
            if (trading.HasNothingToFlatten)
            {
                return trading.Reach.Length > 0 ? "nothing was traded on"
                    : "nothing is in instruments of limits.txt, so nothing was closed or looked at";
            }
            if (trading.OpenSince.Count > 0)
            {
                return "flat when an earlier run ended; not looked at since, or open again: "
                    + string.Join(", ", trading.OpenSince.ToArray()) + "; press KILL to close what is open there";
            }
            string closing = "closing what is open" + (trading.Reached.Length > 0 ? " in " + trading.Reached : "");
            if (trading.NotLookedAt.Count == 0)
            {
                return closing;
            }
            // Nobody is asked there. What is being closed elsewhere must not be read as that.
            return "not known of " + string.Join(", ", trading.NotLookedAt.ToArray())
                + ", not connected: close by hand what is open there" + (trading.Reached.Length > 0 ? "; " + closing : "");
        }

        /// <summary>When and why it was disarmed; empty: it never was.</summary>
        public static string Disarmed(TradingStatus trading) => trading.DisarmReason.Length == 0 ? ""
            : Words.Second(trading.DisarmedAt) + ": " + trading.DisarmReason + "; ";

        /// <summary>What it outranks: armed still, or why not any more.</summary>
        private static string Armed(TradingStatus trading) => trading.IsArmed
            ? "; still armed" + (trading.Mode == Mode.Live ? " LIVE" : "") + " on " + trading.Account
            : trading.Mode == Mode.DryRun || trading.IsKilled || trading.DisarmReason.Length == 0 ? ""
                : "; disarmed " + Words.Second(trading.DisarmedAt) + ": " + trading.DisarmReason;

        /// <summary>Positions that are nobody's trade now.</summary>
        private static string Left(TradingStatus trading) => trading.LeftOpen.Count == 0 ? ""
            : "; open from before: " + string.Join(", ", trading.LeftOpen.ToArray())
                + (trading.LeftOpen.Count == 1 ? ", its stop stays" : ", their stops stay");

        /// <summary>Who may only view and trades nothing misses nothing: what it decides in a dry run is nobody's.</summary>
        private static bool AreReportsLost(BridgeReading reading, TradingStatus trading)
        {
            bool isViewing = reading.Rights == PeerRights.View && trading.Mode == Mode.DryRun;
            return reading.Reports.NotJournalled + reading.Reports.Lost + (isViewing ? 0 : reading.Reports.NotPermitted) > 0;
        }
    }
}
