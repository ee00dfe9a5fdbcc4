using System;
using System.IO;
using System.Text;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using Tickbridge.ConsoleHost;
using Mode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.Test
{
    /// <summary>What reaches the gateway of a trade, read at the offsets of SPECIFICATION.md section 9.</summary>
    [TestFixture]
    public class JournalReportsTest
    {
        private const int Block = 32;

        [Test]
        public void ATradeIsReportedWithTheSignalItCameOf()
        {
            using (var gateway = new ScriptedGateway())
            using (var link = new LinkClient(new LinkOptions
            {
                Port = gateway.Port, Key = ScriptedGateway.Key, Idle = IdleMode.Block
            }, new RecordingListener()))
            {
                var reports = new JournalReports(link.Reporter, OrderDuration.GoodTillCancelled);
                link.Start();
                gateway.Accept().Challenge(2).AcceptLogon(1, 0, ScriptedGateway.Session, 600000000000)
                    .Send(FrameBuilder.LinkTerms(600000000000, 2));
                gateway.ReadFrame(34);
                reports.OnDecision(new Decision
                {
                    Time = 5, Session = 0xAB, SignalNumber = 9, SignalSequence = 12, InstrumentKey = 42, Venue = Venue.Cme,
                    Instrument = "ES 12-26", Account = "Sim101", Mode = Mode.Simulation, Side = OrderSide.Buy,
                    Quantity = 1, IsPassed = true, IsSent = true, OrderLabel = "TB-000000ab-9", Unit = "ticks",
                    Measured = 3, Limit = 8
                });
                byte[] frame = gateway.ReadFrame(33);
                Assert.AreEqual(0xAB, BitConverter.ToUInt64(frame, Block + 16));
                Assert.AreEqual(12, BitConverter.ToUInt64(frame, Block + 24));
                Assert.AreEqual(42, BitConverter.ToUInt64(frame, Block + 32));
                Assert.AreEqual(8, BitConverter.ToInt64(frame, Block + 40));
                Assert.AreEqual(3, BitConverter.ToInt64(frame, Block + 48));
                Assert.AreEqual("1 2 1 1", frame[Block + 60] + " " + frame[Block + 61] + " " + frame[Block + 62] + " "
                    + frame[Block + 63], "venue, mode, verdict, action");
                Assert.AreEqual("TB-000000ab-9", Text(frame, 112, 56));

                reports.OnOrder(new OrderReport
                {
                    Handle = 7, Name = "TB-000000ab-9-S1", Account = "Sim101", Instrument = "ES 12-26",
                    Side = OrderSide.Sell, Kind = OrderKind.StopMarket, Status = OrderStatus.Working, Quantity = 1,
                    StopPrice = 4990000000000
                });
                frame = gateway.ReadFrame(30);
                Assert.AreEqual(0xAB, BitConverter.ToUInt64(frame, Block + 16));
                Assert.AreEqual(12, BitConverter.ToUInt64(frame, Block + 24));
                Assert.AreEqual(4990000000000, BitConverter.ToInt64(frame, Block + 48));
                Assert.AreEqual("1 2 2 3 5 2 2", string.Join(" ", frame[Block + 72], frame[Block + 73],
                    frame[Block + 74], frame[Block + 75], frame[Block + 76], frame[Block + 77], frame[Block + 78]),
                    "venue, mode, action, type, state, time in force, role");

                reports.OnExecution(new ExecutionReport
                {
                    ExecutionId = "X1", Handle = 7, Account = "Sim101", Instrument = "ES 12-26", Side = OrderSide.Sell,
                    Quantity = 1, Price = 4990000000000, Cost = 1.25, Time = 6
                });
                frame = gateway.ReadFrame(31);
                Assert.AreEqual(12, BitConverter.ToUInt64(frame, Block + 24));
                Assert.AreEqual(1250000000, BitConverter.ToInt64(frame, Block + 56));
                Assert.AreEqual(-1, BitConverter.ToInt32(frame, Block + 68), "position after");
                Assert.AreEqual("X1", Text(frame, 176, 40));

                reports.OnDecision(new Decision
                {
                    Time = 5, Session = 0xAB, SignalNumber = 10, SignalSequence = 13, InstrumentKey = 42,
                    Venue = Venue.Cme, Instrument = "ES 12-26", Account = "Sim101", Mode = Mode.Simulation,
                    Side = OrderSide.Buy, Quantity = 1, IsPassed = true, IsSent = true, OrderLabel = "TB-000000ab-10",
                    Handle = 8
                });
                gateway.ReadFrame(33);
                reports.OnOrder(new OrderReport
                {
                    Handle = 8, Name = "Entry", Account = "Sim101", Instrument = "ES 12-26", Side = OrderSide.Buy,
                    Kind = OrderKind.Market, Status = OrderStatus.Working, Quantity = 1
                });
                frame = gateway.ReadFrame(30);
                Assert.AreEqual(13, BitConverter.ToUInt64(frame, Block + 24), "an ATM strategy's entry, by its handle");
                Assert.AreEqual("1 1", frame[Block + 74] + " " + frame[Block + 78], "it buys, and is an entry");
                reports.OnOrder(new OrderReport
                {
                    Handle = -3, Name = "Stop1", Account = "Sim101", Instrument = "ES 12-26", Side = OrderSide.Sell,
                    Kind = OrderKind.StopMarket, Status = OrderStatus.Cancelled, Quantity = 1, OcoGroup = "atm"
                });
                frame = gateway.ReadFrame(30);
                Assert.AreEqual(2, frame[Block + 78], "and its stop a stop");

                reports.OnPosition(new PositionReport("Sim101", "ES 12-26", -1, 4990000000000, 8));
                frame = gateway.ReadFrame(32);
                Assert.AreEqual(42, BitConverter.ToUInt64(frame, Block + 16));
                Assert.AreEqual(-1, BitConverter.ToInt32(frame, Block + 48));
                Assert.AreEqual(1, BitConverter.ToInt32(frame, Block + 56), "the stop still waits to sell");

                reports.OnNotice(new TradingNotice(NoticeKind.Killed, 9, "Sim101", null, "the kill button"));
                frame = gateway.ReadFrame(33);
                Assert.AreEqual("notice.Killed", Text(frame, 64, 32));
                Assert.AreEqual("the kill button", Text(frame, 232, 112));
                gateway.Dispose();
                Assert.IsTrue(link.Stop());
            }
        }

        private static string Text(byte[] frame, int offset, int length) =>
            Encoding.ASCII.GetString(frame, Block + offset, length).TrimEnd('\0');
    }
}
