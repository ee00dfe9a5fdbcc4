using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Turns a signal into a decision: gathers the facts, asks the gate, writes the decision down, and only then lets
    /// the executor send. Trading thread.
    /// </summary>
    internal sealed class SignalDecider
    {
        private readonly TradingSettings settings;
        private readonly TradingState state;
        private readonly RiskGate gate;
        private readonly InstrumentMap map;
        private readonly QuoteBoard quotes;
        private readonly AuditLog audit;
        private readonly Func<DateTime> utcNow;

        public SignalDecider(TradingSettings settings, TradingState state, InstrumentMap map, QuoteBoard quotes,
            AuditLog audit, Func<DateTime> utcNow)
        {
            this.settings = settings;
            this.state = state;
            this.map = map;
            this.quotes = quotes;
            this.audit = audit;
            this.utcNow = utcNow;
            gate = new RiskGate(settings);
        }

        public SignalLedger Ledger { get; private set; } = new SignalLedger();

        public OrderRate Rate { get; } = new OrderRate();

        /// <summary>Takes up what earlier runs decided: their signals pass no second time, and their entries count.</summary>
        public void TakeUp(AuditHistory history, long now)
        {
            // Before this nothing is decided.
            Ledger = history.Handled;
            foreach (long time in history.Passed)
            {
                // A clock that was set back meanwhile must not keep them in the last minute for hours.
                Rate.Add(Math.Min(time, now));
            }
        }

        /// <summary>null: the platform has no such name; the map remembers it.</summary>
        public PlatformInstrument Find(Venue venue, string symbol) =>
            map.Find(venue, symbol, settings.Hours.ToLocal(utcNow()));

        /// <summary>Decides, and has the decision in the audit log when it returns.</summary>
        /// <param name="signal">the signal</param>
        /// <param name="now">local clock</param>
        /// <param name="nextHandle">gives the entry's handle if it shall be sent</param>
        /// <param name="facts">what was judged</param>
        /// <returns>IsSent is true if the executor is to send it</returns>
        public Decision Decide(SignalNotice signal, long now, Func<long> nextHandle, out GateFacts facts)
        {
            facts = Gather(signal, now);
            Verdict verdict = gate.Judge(facts);
            Decision decision = Describe(signal, facts, verdict);
            decision.IsSent = verdict.IsPassed && state.Mode != TradingMode.DryRun;
            decision.Handle = decision.IsSent ? nextHandle() : 0;
            decision.OrderLabel = decision.IsSent ? OrderNames.LabelOf(signal) : "";
            if (verdict.IsPassed)
            {
                Rate.Add(now);
            }
            audit.Decided(decision);
            if (decision.IsSent && !audit.IsWritable)
            {
                decision.IsSent = false;
                decision.IsPassed = false;
                decision.Handle = 0;
                decision.OrderLabel = "";
                decision.RefusedBy = RiskRule.AuditLog;
                decision.Text = "the audit log cannot be written: " + audit.Failure;
            }
            return decision;
        }

        /// <summary>Local clock until which an entry that passed may leave: its signal grows older meanwhile.</summary>
        public long NotAfter(GateFacts facts) => facts.Now + Math.Min(settings.MaxSignalAge - facts.Age - facts.AgeBound,
            facts.TimeToLive - Math.Max(facts.Age, 0));

        private GateFacts Gather(SignalNotice signal, long now)
        {
            AccountBook book = state.Mode == TradingMode.DryRun ? null : state.Active;
            var facts = new GateFacts
            {
                IsAuditWritable = audit.IsWritable,
                IsKilled = state.IsKilled,
                Mode = state.Mode,
                IsArmed = state.IsArmed,
                Account = book == null ? "" : book.Account,
                IsSimulationAccount = book != null && book.IsSimulation,
                AccountCurrency = book == null ? "" : book.Currency,
                Rights = state.Rights,
                Novelty = Ledger.Take(signal.Session, signal.Number, state.LinkSession),
                IsLinkUp = state.LinkSession.HasValue,
                Market = signal.Market,
                OrdersConnected = book != null && book.OrdersConnected,
                PricesConnected = book != null && book.PricesConnected,
                IsReconciled = book != null && book.IsReconciled,
                Side = SideOf(signal.Side),
                RuleNumber = signal.Rule,
                RuleName = signal.RuleName,
                Instrument = Find(signal.Venue, signal.Symbol),
                Symbol = signal.Symbol,
                UtcNow = utcNow(),
                Timeliness = signal.Timeliness,
                TimeToLive = signal.TimeToLive,
                Now = now,
                SignalBid = signal.BidPrice,
                SignalAsk = signal.AskPrice,
                Quantity = settings.OrderQuantity,
                OrdersInSecond = Rate.InSecond(now),
                OrdersInMinute = Rate.InMinute(now)
            };
            BookState health;
            if (state.BookStates.TryGetValue(new KeyValuePair<Venue, ulong>(signal.Venue, signal.Instrument),
                out health))
            {
                facts.Book = health;
            }
            GatherAge(facts, signal, now);
            if (facts.Instrument != null)
            {
                GatherMarket(facts, book);
            }
            return facts;
        }

        private void GatherAge(GateFacts facts, SignalNotice signal, long now)
        {
            long age = 0;
            long bound = -1;
            ClockSynchroniser clock = state.Clocks;
            facts.IsAgeKnown = clock != null && clock.TryGetAge(signal.ReceiveTime, now, out age, out bound);
            facts.ClockOffset = clock?.Current == null ? long.MaxValue : clock.Current.Offset;
            facts.Age = age;
            facts.AgeBound = bound;
        }

        private void GatherMarket(GateFacts facts, AccountBook book)
        {
            facts.Contract = facts.Instrument.IsAllowed
                ? state.Contract(facts.Instrument.Name)
                : Nominal(facts.Instrument.Name);
            // Under the platform's own name everything else is known.
            string instrument = facts.Contract == null ? facts.Instrument.Name : facts.Contract.Instrument;
            facts.Quote = quotes.Of(instrument);
            bool canPrice = facts.Side.HasValue && facts.Contract != null && facts.Quote != null;
            if (canPrice && settings.EntryKind == OrderKind.Limit)
            {
                facts.LimitPrice = LimitOf(facts.Quote, facts.Contract, facts.Side.Value);
            }
            if (facts.Side.HasValue)
            {
                facts.Exposure = book == null ? 0 : book.Exposure(instrument, facts.Side.Value);
                facts.Opposing = book == null ? 0 : book.Opposing(instrument, facts.Side.Value);
            }
            facts.Loss = book == null ? 0
                : book.Profit.IsRealizedKnown ? book.Profit.Loss(quotes.Of) : double.PositiveInfinity;
        }

        /// <summary>For what is refused anyway the platform is not asked: that may open a subscription.</summary>
        private static ContractSpec Nominal(string instrument) => new ContractSpec(instrument, 1, 1, "");

        private long LimitOf(PlatformQuote quote, ContractSpec contract, OrderSide side)
        {
            long touch = side == OrderSide.Buy ? quote.Ask : quote.Bid;
            long offset = settings.EntryOffsetTicks * contract.TickSize;
            return touch == LinkProtocol.NullPrice ? touch : side == OrderSide.Buy ? touch + offset : touch - offset;
        }

        private static OrderSide? SideOf(Side side)
        {
            switch (side)
            {
                case Side.Buy: return OrderSide.Buy;
                case Side.Sell: return OrderSide.Sell;
                default: return null;
            }
        }

        private Decision Describe(SignalNotice signal, GateFacts facts, Verdict verdict) => new Decision
        {
            Time = facts.Now,
            Session = signal.Session,
            SignalNumber = signal.Number,
            SignalSequence = signal.Sequence,
            SignalRule = signal.Rule,
            Venue = signal.Venue,
            InstrumentKey = signal.Instrument,
            Instrument = facts.Contract != null ? facts.Contract.Instrument
                : facts.Instrument == null ? signal.Symbol : facts.Instrument.Name,
            Account = facts.Account,
            Mode = facts.Mode,
            Side = facts.Side,
            Quantity = facts.Quantity,
            Price = facts.LimitPrice,
            IsPassed = verdict.IsPassed,
            RefusedBy = verdict.Rule,
            Measured = verdict.Measured,
            Limit = verdict.Limit,
            Unit = verdict.Unit,
            Age = facts.Age,
            AgeBound = facts.IsAgeKnown ? facts.AgeBound : -1,
            Text = verdict.Sentence
        };
    }
}
