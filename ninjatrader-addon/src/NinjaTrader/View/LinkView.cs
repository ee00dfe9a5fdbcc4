namespace Tickbridge.View
{
    using System.Collections.Generic;
    using System.Linq;
    using Tickbridge.Core;
    using Tickbridge.Host;

    /// <summary>How the link, the clocks, the books and the signals are shown.</summary>
    internal static class LinkView
    {
        private const int SignalRows = 50;

        /// <summary>As `tickbridge keys list` warns.</summary>
        private const int DaysToRenew = 30;

        public static IList<ViewField> Fields(BridgeReading reading)
        {
            long bound = reading.Clock == null ? -1 : reading.Clock.BoundAt(reading.Now);
            return new[]
            {
                new ViewField("Gateway", reading.Host.Length == 0 ? "not set" : reading.Host + ":" + reading.Port),
                new ViewField("Link", reading.IsConnected ? "connected" : reading.Failure ?? reading.Connection,
                    reading.IsConnected ? Tone.Good : Tone.Bad),
                new ViewField("Rights", !reading.IsConnected ? "" : reading.Rights == PeerRights.Trade
                    ? "view and trade" : "view: reports are not taken", reading.IsConnected
                    && reading.Rights != PeerRights.Trade ? Tone.Caution : Tone.Plain),
                Market(reading),
                Certificate(reading),
                new ViewField("Clock offset", reading.Clock == null ? "not compared yet"
                    : Words.Measured(reading.Clock.Offset, bound), reading.Clock == null ? Tone.Caution : Tone.Plain),
                new ViewField("Clock drift", reading.Drift == null ? "not known yet"
                    : (reading.Drift.Value / 1000).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)
                        + " ± " + (reading.Drift.Bound / 1000).ToString("0.00",
                            System.Globalization.CultureInfo.InvariantCulture) + " ppm"),
                new ViewField("One-way delay", reading.DelayCount == 0 ? "no signal yet"
                    : "median " + Words.Measured(reading.DelayMedian, bound) + ", 99 % below "
                        + Words.Duration(reading.DelayTail)),
                new ViewField("Signals", Words.Count(reading.SignalCount) + ", too late "
                    + Words.Count(reading.SignalsTooLate), reading.SignalsTooLate > 0 ? Tone.Caution : Tone.Plain),
                new ViewField("Missing frames", Words.Count(reading.FramesInHoles) + " unexplained, "
                    + Words.Count(reading.FramesInGaps) + " announced", reading.FramesInHoles > 0 ? Tone.Bad
                    : reading.FramesInGaps > 0 ? Tone.Caution : Tone.Plain),
                new ViewField("Reconnections", Words.Count(reading.Reconnects),
                    reading.Reconnects > 0 ? Tone.Caution : Tone.Plain),
                Reports(reading.Reports, reading.Rights),
                new ViewField("Files", reading.Folder)
            };
        }

        public static ViewTable Signals(BridgeReading reading) => new ViewTable("Signals", new[]
        {
            new ViewColumn("Number", 70), new ViewColumn("Exchange time (UTC)", 150), new ViewColumn("Rule", 130),
            new ViewColumn("Instrument", 100), new ViewColumn("Side", 50), new ViewColumn("Bid / offer", 170),
            new ViewColumn("Age at arrival", 270)
        }, reading.Signals.Take(SignalRows).Select(Row).ToArray());

        public static ViewTable Books(BridgeReading reading) => new ViewTable("Books", new[]
        {
            new ViewColumn("Gateway", 80), new ViewColumn("NinjaTrader", 100), new ViewColumn("State", 130),
            new ViewColumn("Bid / offer", 170), new ViewColumn("Microprice", 100), new ViewColumn("Imbalance", 80),
            new ViewColumn("Quote", 100)
        }, reading.Books.Select(book => Row(book, reading.Now)).ToArray());

        /// <summary>To be looked at before a live account is armed.</summary>
        private static ViewField Market(BridgeReading reading)
        {
            if (!reading.IsConnected)
            {
                return new ViewField("Market", "");
            }
            switch (reading.Market)
            {
                case Core.Market.Live: return new ViewField("Market", "live");
                case Core.Market.Recorded: return new ViewField("Market", "recording", Tone.Caution);
                case Core.Market.Simulated: return new ViewField("Market", "simulated", Tone.Caution);
                default: return new ViewField("Market", "not stated", Tone.Caution);
            }
        }

        /// <summary>Who renews it in time is not locked out one morning.</summary>
        private static ViewField Certificate(BridgeReading reading)
        {
            if (reading.Certificate.Length == 0)
            {
                return new ViewField("Certificate", "none, a key");
            }
            double days = (reading.CertificateEnd - Words.Moment(reading.Now)).TotalDays;
            string end = reading.CertificateEnd.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            return new ViewField("Certificate", reading.Certificate + (days < 0 ? ", EXPIRED " : ", until ") + end,
                days < 0 ? Tone.Bad : days < DaysToRenew ? Tone.Caution : Tone.Plain);
        }

        private static ViewField Reports(ReportCounts counts, PeerRights rights)
        {
            long failed = counts.NotPermitted + counts.NotJournalled + counts.Lost;
            bool isExpected = rights == PeerRights.View && failed == counts.NotPermitted;
            return new ViewField("Reports", Words.Count(counts.Journalled) + " journalled, " + Words.Count(counts.Waiting)
                + " waiting" + (failed == 0 ? "" : ", not permitted " + counts.NotPermitted + ", not journalled "
                    + counts.NotJournalled + ", lost " + counts.Lost), failed == 0 ? Tone.Plain
                    : isExpected ? Tone.Caution : Tone.Bad);
        }

        private static ViewRow Row(BridgeSignal signal) => new ViewRow(
            signal.IsActionable ? Tone.Plain : Tone.Caution,
            signal.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Words.Time(signal.ExchangeTime), signal.Rule,
            signal.Instrument.Length > 0 ? signal.Instrument : signal.Symbol + " (no name)", signal.Side.ToString(),
            signal.BidQuantity + "@" + Words.Price(signal.Bid) + " / " + Words.Price(signal.Ask) + "@"
                + signal.AskQuantity,
            Words.Measured(signal.Age, signal.AgeBound) + (signal.IsResumed ? ", resumed" : "")
                + (signal.Timeliness == Timeliness.TooLate ? ", too late" : ""));

        private static ViewRow Row(BookHealth book, long now)
        {
            MarketView market = book.Market;
            bool isWhole = market != null && market.IsWhole;
            return new ViewRow(book.State == BookState.Trusted ? Tone.Good : Tone.Bad, book.Symbol,
                book.Instrument.Length > 0 ? book.Instrument : "no name",
                book.State == null ? "not known" : book.State == BookState.Trusted ? "trusted" : book.State.ToString(),
                market == null ? "" : market.BidQuantity + "@" + Words.Price(market.Bid) + " / "
                    + Words.Price(market.Ask) + "@" + market.AskQuantity,
                isWhole ? market.Microprice.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture) : "",
                isWhole ? market.Imbalance.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) : "",
                book.QuoteTime == 0 ? "none" : Words.Duration(now - book.QuoteTime) + " ago");
        }
    }
}
