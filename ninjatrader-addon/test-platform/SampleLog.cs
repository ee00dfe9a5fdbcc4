using System;
using System.Linq;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using Tickbridge.Host;
using Mode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.PlatformTest
{
    /// <summary>
    /// The log of a sample, as the add-on's own parts write it: what happens is told to them, the words are theirs. Times are
    /// before or after SampleReading.Now, in ms.
    /// </summary>
    internal sealed class SampleLog : IClock
    {
        private const string Account = "Sim101";
        private const string Instrument = "ES 12-26";
        private const long Milli = 1000000;

        private readonly EventLog log;
        private readonly NoticeLog notices;
        private readonly DecisionTally tally = new DecisionTally();

        public SampleLog()
        {
            log = new EventLog(this);
            notices = new NoticeLog(log);
        }

        public long Now { get; private set; }

        /// <summary>Newest first.</summary>
        public LogLine[] Lines => log.Lines();

        /// <summary>What became of the signals, as the add-on counts it; each way as often as is said here, in its order.</summary>
        public DecisionCount[] Decisions(params long[] counts) => tally.Counts().Select((decided, index) =>
            new DecisionCount(counts[index], decided.Last)).ToArray();

        public SampleLog At(double millis)
        {
            Now = SampleReading.Now + (long)(millis * Milli);
            return this;
        }

        public SampleLog Begins() => Notice(NoticeKind.Started, "", "dry run; audit chain at "
            + string.Concat(Enumerable.Repeat("5f3c09d1a84be762", 4)));

        public SampleLog Connected() => Line(Weight.Information, LinkFanOut.Connected(0x54321098d0c1f098));

        public SampleLog Nameless(string symbol) => Line(Weight.Warning, LinkFanOut.Nameless(symbol));

        public SampleLog Line(Weight weight, string text)
        {
            log.Add(weight, text);
            return this;
        }

        public SampleLog Notice(NoticeKind kind, string account, string text)
        {
            notices.OnNotice(new TradingNotice(kind, Now, account, "", text));
            return this;
        }

        public SampleLog Passes(ulong signal)
        {
            Decided(new Decision
            {
                Time = Now, SignalNumber = signal, Instrument = Instrument, Side = OrderSide.Buy, Mode = Mode.Simulation,
                IsPassed = true, IsSent = true, Text = Verdict.Pass.Text
            });
            return this;
        }

        /// <summary>Judged by the gate itself, of facts that the rules before let pass.</summary>
        public SampleLog Refuses(ulong signal, Mode mode, string instrument, Action<GateFacts> facts)
        {
            var judged = new GateFacts
            {
                IsAuditWritable = true, IsKilled = false, Mode = Mode.DryRun, Novelty = SignalNovelty.New, IsLinkUp = true,
                Side = OrderSide.Buy, Instrument = new PlatformInstrument(instrument, "", true, ""),
                Contract = new ContractSpec(instrument, 250000000, 50, "UsDollar"),
                UtcNow = new DateTime(2026, 11, 23, 15, 0, 0, DateTimeKind.Utc), Book = BookState.Trusted, IsAgeKnown = true,
                ClockOffset = 0, Age = 0, AgeBound = 9300, Timeliness = Timeliness.InTime
            };
            facts(judged);
            Verdict verdict = new RiskGate(new TradingSettings()).Judge(judged);
            Decided(new Decision
            {
                Time = Now, SignalNumber = signal, Instrument = instrument, Side = judged.Side, Mode = mode,
                RefusedBy = verdict.Rule, Text = verdict.Sentence
            });
            return this;
        }

        private void Decided(Decision decision)
        {
            notices.OnDecision(decision);
            tally.Add(decision);
        }

        public SampleLog Order(string name, OrderSide side, OrderKind kind, OrderStatus status)
        {
            notices.OnOrder(new OrderReport
            {
                Name = name, Account = Account, Instrument = Instrument, Side = side, Kind = kind, Status = status,
                Quantity = 1, Filled = status == OrderStatus.Filled ? 1 : 0
            });
            return this;
        }

        public SampleLog Fills(OrderSide side, double price, int position)
        {
            notices.OnExecution(new ExecutionReport
            {
                Account = Account, Instrument = Instrument, Side = side, Quantity = 1, Price = (long)(price * 1e9)
            });
            notices.OnPosition(new PositionReport(Account, Instrument, position, 0, Now));
            return this;
        }
    }
}
