using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.ConsoleHost;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using TradingMode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.Test
{
    /// <summary>
    /// Thousands of random interleavings of signals, fills, cancels, refusals, lost events, lost connections and kills:
    /// what must hold always holds after each. A failure names its seed.
    /// </summary>
    [TestFixture]
    public class RandomTradingTest
    {
        private const int Steps = 120;
        private const int Settling = 400;

        [TestCase(0, 150, TestName = "NothingGoesWrong")]
        [TestCase(100000, 150, TestName = "RefusalsAndPartialFills")]
        [TestCase(200000, 150, TestName = "LostConnectionsAndEvents")]
        [TestCase(201264, 1, TestName = "FillAndPositionLostTogether")]
        [TestCase(300000, 150, TestName = "OrdersByHandAndKills")]
        [TestCase(400000, 150, TestName = "RequestsThatAreNeverDone")]
        [TestCase(500000, 150, TestName = "LateFills")]
        public void InvariantsHold(int firstSeed, int count)
        {
            // More for a long run: TICKBRIDGE_TRADING_RUNS=5000 ./build.sh test
            string wanted = Environment.GetEnvironmentVariable("TICKBRIDGE_TRADING_RUNS");
            count = string.IsNullOrEmpty(wanted) || count == 1 ? count : int.Parse(wanted);
            int sent = 0;
            int filled = 0;
            for (int seed = firstSeed; seed < firstSeed + count; seed++)
            {
                try
                {
                    using (var run = new RandomRun(seed, firstSeed / 100000))
                    {
                        run.Go(Steps);
                        run.Settle(Settling);
                        run.CheckEnd();
                        sent += run.Sent;
                        filled += run.Fills;
                    }
                }
                catch (Exception e)
                {
                    throw new AssertionException("seed " + seed + ": " + e.Message + "\n" + e.StackTrace, e);
                }
            }
            Console.WriteLine(count + " runs, " + sent + " entries, " + filled + " fills");
            if (count == 1)
            {
                return;
            }
            Assert.Greater(sent, count, "the runs hardly traded");
            Assert.Greater(filled, count, "the runs hardly filled");
        }

        private sealed class RandomRun : IDisposable
        {
            private readonly Random random;
            private readonly TradingHarness trading;
            private readonly int kind;
            private readonly HashSet<string> entries = new HashSet<string>();
            /// <summary>The trading hours end in the middle of the run.</summary>
            private readonly bool hoursEnd;

            private readonly List<string> violations = new List<string>();
            private double market = 5000;
            private bool isConnected = true;
            private bool isLinkUp = true;
            /// <summary>What was filled, told already or not.</summary>
            private readonly Dictionary<string, ExecutionReport> fills = new Dictionary<string, ExecutionReport>();

            /// <summary>When each is told.</summary>
            private readonly Dictionary<string, long> tellAt = new Dictionary<string, long>();

            private bool byHand;
            private bool faults = true;
            private ulong replayed;

            public RandomRun(int seed, int kind)
            {
                this.kind = kind;
                random = new Random(seed);
                hoursEnd = seed % 3 == 1;
                trading = new TradingHarness(settings =>
                {
                    settings.OrderQuantity = random.Next(1, 4);
                    settings.MaxPosition = random.Next(3, 8);
                    settings.StopTicks = random.Next(1, 8);
                    settings.TargetTicks = random.Next(0, 8);
                    settings.EntryTimeout = random.Next(0, 3) * TradingHarness.Second;
                    settings.EntryKind = random.Next(3) == 0 ? OrderKind.Market : OrderKind.Limit;
                    settings.LinkLossFlattenAfter = random.Next(2) * 3 * TradingHarness.Second;
                    settings.MaxDailyLoss = random.Next(4) == 0 ? 300 : 1000000;
                    settings.CollarTicks = 8;
                    settings.Hours = TradingHours.Parse("Etc/UTC", "Mon-Fri 00:00-" + (hoursEnd ? "15:00" : "20:00"), "");
                    if (kind == 4)
                    {
                        // What is open stays open, to be looked at in the end.
                        settings.StopTicks += 40;
                        settings.TargetTicks += settings.TargetTicks == 0 ? 0 : 40;
                        settings.MaxPosition += 1;
                        settings.OrderQuantity += 1;
                        settings.MaxDailyLoss = 1000000;
                    }
                }, random, null, path => new MemoryStream(), null, null,
                    new DateTime(2026, 11, 23, 14, 59, 58, 500, DateTimeKind.Utc));
                SimulatedFaults broker = trading.Platform.Faults;
                broker.OcoOnFirstFill = random.Next(4) == 0;
                if (kind >= 1)
                {
                    broker.FillOf = quantity => faults ? random.Next(1, quantity + 1) : quantity;
                    broker.RefusesChange = () => faults && random.Next(5) == 0;
                    broker.RefusesCancel = () => faults && random.Next(8) == 0;
                    broker.Rejects = ticket => faults && random.Next(25) == 0;
                }
                if (kind == 4)
                {
                    broker.RefusesChange = () => false;
                    broker.DropsRequest = request => faults
                        && random.Next(request == OrderRequest.Change ? 3 : 40) == 0;
                }
                if (kind == 2)
                {
                    broker.LosesEvent = () => faults && random.Next(60) == 0;
                }
                if (kind == 5)
                {
                    trading.Between.Execution = Late;
                }
                trading.Platform.Submitting = Check;
                Assert.IsNull(trading.Arm());
            }

            public int Sent => entries.Count;

            public int Fills => trading.Sink.Executions.Count;

            public void Go(int steps)
            {
                for (int i = 0; i < steps; i++)
                {
                    Act();
                    CheckNow();
                }
            }

            /// <summary>Faults end, connections stand: all must come to rest.</summary>
            public void Settle(int steps)
            {
                faults = false;
                if (!isConnected)
                {
                    trading.Platform.SetConnected(true);
                }
                if (!isLinkUp)
                {
                    trading.LinkUp();
                }
                for (int i = 0; i < steps; i++)
                {
                    trading.Requote();
                    trading.Clock.Advance(100 * TradingHarness.Milli);
                    trading.Timer();
                    trading.Run();
                    CheckNow();
                }
            }

            public void CheckEnd()
            {
                TradingStatus status = trading.Desk.Status;
                int position = trading.Position;
                int stops = trading.WorkingOf(OrderPurpose.StopLoss).Sum(order => order.Remaining);
                int targets = trading.WorkingOf(OrderPurpose.Target).Sum(order => order.Remaining);
                string state = " (position " + position + ", stops " + stops + ", targets " + targets + ", killed "
                    + status.KillReason + ", alarm " + status.Alarm + ", notices "
                    + string.Join(" | ", trading.Sink.Notices.Select(n => n.Kind + " " + n.Text).ToArray()) + ")";
                // Where the platform closed with an order of its own that was told late, its price is the position's average.
                if (kind == 5 && fills.Values.All(fill => fill.Handle > 0))
                {
                    Assert.GreaterOrEqual(trading.Desk.Core.State.Book(TradingHarness.Account).Profit.OwnLoss(
                        instrument => trading.LastQuote), Loss() - 0.01, "a loss that is not counted" + state);
                }
                Assert.AreEqual(0, trading.WorkingOf(OrderPurpose.Entry).Count(order => !trading.Desk.Status.IsArmed),
                    "entries work though disarmed" + state);
                if (status.IsKilled)
                {
                    Assert.IsTrue(status.IsFlatVerified && position == 0 && !trading.Platform.Working.Any(),
                        "a kill must end flat when the platform works" + state);
                    return;
                }
                Assert.IsTrue(byHand || !hoursEnd || position == 0 && !trading.Platform.Working.Any(),
                    "open after the trading hours" + state);
                Assert.LessOrEqual(stops, Math.Abs(position), "stops larger than the position" + state);
                Assert.LessOrEqual(targets, Math.Abs(position), "targets larger than the position" + state);
                if (!byHand)
                {
                    Assert.AreEqual(Math.Abs(position), stops, "a position without its stop" + state);
                }
                Assert.IsTrue(trading.Platform.Working.All(order => order.Ticket.Purpose == OrderPurpose.Foreign
                    || order.Ticket.Purpose == OrderPurpose.Entry || position != 0), "an orphan works" + state);
            }

            public void Dispose()
            {
                trading.Dispose();
            }

            /// <summary>Some fills are told seconds after their orders and positions, in no snapshot before.</summary>
            private ExecutionReport Late(ExecutionReport fill)
            {
                if (!fills.ContainsKey(fill.ExecutionId))
                {
                    fills.Add(fill.ExecutionId, fill);
                    tellAt.Add(fill.ExecutionId, faults && random.Next(4) == 0
                        ? trading.Clock.Now + random.Next(0, 9) * TradingHarness.Second
                        : 0);
                }
                return trading.Clock.Now >= tellAt[fill.ExecutionId] ? fill : null;
            }

            /// <summary>By the fills as they were, what is open at the side that it would close at.</summary>
            private double Loss()
            {
                int open = fills.Values.Sum(fill => AccountBook.Signed(fill));
                double paid = fills.Values.Sum(fill => AccountBook.Signed(fill) * (fill.Price / 1e9) * 50 + fill.Cost);
                PlatformQuote quote = trading.LastQuote;
                return paid - open * ((open > 0 ? quote.Bid : quote.Ask) / 1e9) * 50;
            }

            private void Act()
            {
                switch (random.Next(kind == 3 ? 24 : 22))
                {
                    case 0:
                    case 1:
                    case 2:
                        Signal();
                        break;
                    case 3:
                    case 4:
                    case 5:
                        Move();
                        break;
                    case 6:
                        trading.Clock.Advance(random.Next(1, 800) * TradingHarness.Milli);
                        trading.Timer();
                        break;
                    case 7:
                        trading.Timer();
                        break;
                    case 8:
                        if (random.Next(4) == 0)
                        {
                            Rare();
                        }
                        break;
                    case 22:
                    case 23:
                        ByHand();
                        break;
                    default:
                        for (int n = random.Next(1, 6); n > 0; n--)
                        {
                            trading.Schedule.Step();
                            if (random.Next(2) == 0)
                            {
                                trading.Loop.RunOne();
                            }
                        }
                        break;
                }
            }

            private void Signal()
            {
                bool again = replayed > 0 && random.Next(5) == 0;
                trading.Signal(random.Next(2) == 0 ? Side.Buy : Side.Sell, signal =>
                {
                    signal.Number = again ? replayed : signal.Number;
                    replayed = signal.Number;
                });
            }

            private void Move()
            {
                market += 0.25 * random.Next(-6, 7);
                trading.Quote(market, market + 0.25);
            }

            private void Rare()
            {
                switch (random.Next(kind == 2 || kind >= 4 ? 6 : 4))
                {
                    case 0:
                        trading.Desk.Disarm("test");
                        break;
                    case 1:
                        trading.Desk.Arm(TradingMode.Simulation, TradingHarness.Account, null, null);
                        break;
                    case 2:
                        isLinkUp = !isLinkUp;
                        if (isLinkUp)
                        {
                            trading.LinkUp();
                        }
                        else
                        {
                            trading.Desk.OnLinkDown("test");
                        }
                        break;
                    case 3:
                        if (kind == 3)
                        {
                            trading.Desk.Kill("test");
                        }
                        break;
                    default:
                        isConnected = !isConnected;
                        trading.Platform.SetConnected(isConnected);
                        if (!isConnected)
                        {
                            trading.Schedule.DropEvents();
                        }
                        break;
                }
            }

            private void ByHand()
            {
                if (random.Next(3) == 0 && trading.Position != 0)
                {
                    byHand = true;
                    trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument,
                        trading.Position > 0 ? OrderSide.Sell : OrderSide.Buy, OrderKind.Market,
                        random.Next(1, Math.Abs(trading.Position) + 1), 0, "by hand", "");
                }
                else if (random.Next(6) == 0)
                {
                    SimulatedOrder exit = trading.Platform.Working.FirstOrDefault(order =>
                        order.Ticket.Purpose == OrderPurpose.StopLoss);
                    if (exit != null)
                    {
                        trading.Platform.Cancel(TradingHarness.Account, exit.Ticket.Handle);
                    }
                }
            }

            /// <summary>Every order, before the broker has it.</summary>
            private void Check(OrderTicket ticket)
            {
                if (ticket.Purpose != OrderPurpose.Entry)
                {
                    return;
                }
                TradingState state = trading.Desk.Core.State;
                Note(state.IsArmed && !state.IsKilled, "an entry though disarmed or killed");
                Note(isLinkUp || trading.Desk.Core.State.LinkSession.HasValue, "an entry though the link is down");
                Note(entries.Add(ticket.Name), "a second entry " + ticket.Name);
                Note(ticket.Quantity <= trading.Settings.MaxOrderQuantity, "too large an entry");
                if (byHand)
                {
                    return;
                }
                int sign = ticket.Side == OrderSide.Buy ? 1 : -1;
                int worst = sign * trading.Position + ticket.Quantity + trading.Platform.Working
                    .Where(order => order.Ticket.Purpose == OrderPurpose.Entry && order.Ticket.Side == ticket.Side)
                    .Sum(order => order.Remaining);
                Note(worst <= trading.Settings.MaxPosition, "position could become " + worst);
            }

            private void CheckNow()
            {
                // A close that crosses with a stop's fill reverses for a moment, at most by what was open.
                Note(byHand || trading.Desk.Core.State.IsKilled || Math.Abs(trading.Position) <= trading.Settings.MaxPosition, "position "
                    + trading.Position + " above the limit; "
                    + string.Join(" | ", trading.Sink.Notices.Select(n => n.Kind + " " + n.Text).ToArray()));
                foreach (BracketTrade trade in trading.Desk.Core.Executor.Trades)
                {
                    int asked = trade.Stops.Sum(order => order.Staying);
                    Note(asked <= trade.Entered, trade.Label + " asks for stops of " + asked + " for " + trade.Entered);
                }
                Assert.IsEmpty(violations, string.Join("; ", violations.ToArray()));
            }

            private void Note(bool holds, string text)
            {
                if (!holds)
                {
                    violations.Add(text);
                }
            }
        }
    }
}
