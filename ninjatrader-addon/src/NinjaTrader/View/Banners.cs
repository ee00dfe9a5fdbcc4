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
                    + Armed(trading), Tone.Bad);
            }
            if (trading.IsKilled)
            {
                return new ViewField("KILLED", trading.KillReason + "; " + Killed(trading), Tone.Bad);
            }
            if (!reading.IsConnected)
            {
                return new ViewField("No link", reading.Connection + Armed(trading), Tone.Bad);
            }
            string reports = AreReportsLost(reading, trading) ? "; NOT JOURNALLED, see Reports" : "";
            if (trading.IsArmed)
            {
                return new ViewField(trading.Mode == Mode.Live ? "LIVE" : "ARMED", "signals trade on " + trading.Account
                    + reports, trading.Mode == Mode.Live || reports.Length > 0 ? Tone.Bad : Tone.Caution);
            }
            if (trading.Mode != Mode.DryRun)
            {
                return new ViewField("Disarmed", "signals are refused; stops and targets of " + trading.Account + " stay"
                    + (trading.Unfinished.Length > 0 ? "; open: " + trading.Unfinished : "") + reports, Tone.Caution);
            }
            return new ViewField("Dry run", "every signal is judged, nothing is sent" + reports,
                reports.Length > 0 ? Tone.Caution : Tone.Good);
        }

        /// <summary>How far the kill switch is.</summary>
        public static string Killed(TradingStatus trading) => trading.IsFlatVerified
            ? "everything is flat" + (trading.NotLookedAt.Count == 0 ? "" : " but "
                + string.Join(", ", trading.NotLookedAt.ToArray()) + ", not connected: not known")
            : trading.HasNothingToFlatten ? "nothing was traded on" : "closing everything";

        private static string Armed(TradingStatus trading) => !trading.IsArmed ? ""
            : "; still armed" + (trading.Mode == Mode.Live ? " LIVE" : "") + " on " + trading.Account;

        /// <summary>Who may only view and trades nothing misses nothing: what it decides in a dry run is nobody's.</summary>
        private static bool AreReportsLost(BridgeReading reading, TradingStatus trading)
        {
            bool isViewing = reading.Rights == PeerRights.View && trading.Mode == Mode.DryRun;
            return reading.Reports.NotJournalled + reading.Reports.Lost + (isViewing ? 0 : reading.Reports.NotPermitted) > 0;
        }
    }
}
