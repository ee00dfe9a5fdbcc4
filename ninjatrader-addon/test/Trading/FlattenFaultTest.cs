using System;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>
    /// Closing that the platform does late, never or twice over: all ends flat, and no position is turned round.
    /// </summary>
    [TestFixture]
    public class FlattenFaultTest : TradingFaultFixture
    {
        [TestCase(50)]
        [TestCase(1050)]
        [TestCase(2050)]
        [TestCase(4000)]
        public void AFlattenOfThePlatformThatComesLateDoesNotTurnThePositionRound(int millis)
        {
            Armed();
            Trading.Signal(Side.Buy);
            Trading.Run();
            Action late = null;
            Trading.Between.Flattening = (account, instrument, goOn) => late = goOn;
            Trading.Desk.Kill("the button");
            Trading.Run();
            Trading.Pass(millis * TradingHarness.Milli);
            Assert.AreEqual(1, Trading.Position, "nothing of ours was faster");
            late();
            int lowest = 0;
            for (int i = 0; i < 200; i++)
            {
                Trading.Requote();
                Trading.Pass(50 * TradingHarness.Milli);
                lowest = Math.Min(lowest, Trading.Position);
            }
            Assert.AreEqual(0, lowest);
            Assert.AreEqual(0, Trading.Position);
            Assert.IsTrue(Trading.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void AFlattenOfThePlatformThatNeverComesIsDoneByUs()
        {
            Armed();
            Trading.Signal(Side.Buy);
            Trading.Run();
            Trading.Between.Flattening = (account, instrument, goOn) => { };
            Trading.Desk.Kill("the button");
            Trading.Run();
            for (int i = 0; i < 8; i++)
            {
                Trading.Requote();
                Trading.Pass(Second);
            }
            Assert.AreEqual(0, Trading.Position);
            Assert.IsTrue(Trading.Desk.Status.IsFlatVerified);
        }

        [TestCase(20000)]
        [TestCase(30000)]
        public void ACollarThatReachesBelowNothingStillCloses(int ticks)
        {
            Armed(settings => settings.KillCollarTicks = ticks);
            Trading.Signal(Side.Buy);
            Trading.Run();
            Trading.Between.Flattening = (account, instrument, goOn) => { };
            Trading.Platform.Faults.Rejects = ticket => ticket.Purpose == OrderPurpose.Exit && ticket.LimitPrice <= 0
                && ticket.Kind == OrderKind.Limit;
            KillAndVerify();
            OrderTicket exit = Trading.Platform.Orders.Single(order => order.Ticket.Purpose == OrderPurpose.Exit).Ticket;
            Assert.AreEqual(OrderKind.Limit, exit.Kind);
            Assert.AreEqual(TradingHarness.Tick, exit.LimitPrice);
        }

        [Test]
        public void AnExitWhoseLimitIsRejectedGoesToTheMarket()
        {
            Armed();
            Trading.Signal(Side.Buy);
            Trading.Run();
            Trading.Between.Flattening = (account, instrument, goOn) => { };
            int rejected = 0;
            Trading.Platform.Faults.Rejects = ticket => ticket.Purpose == OrderPurpose.Exit
                && (ticket.Kind == OrderKind.Limit || rejected++ == 0);
            Trading.Desk.Kill("the button");
            for (int i = 0; i < 60; i++)
            {
                Trading.Requote();
                Trading.Pass(Second);
            }
            Assert.AreEqual(0, Trading.Position);
            Assert.IsTrue(Trading.Desk.Status.IsFlatVerified);
            CollectionAssert.AreEqual(new[] { OrderKind.Limit, OrderKind.Market, OrderKind.Limit, OrderKind.Market },
                Trading.Platform.Orders.Where(order => order.Ticket.Purpose == OrderPurpose.Exit)
                    .Select(order => order.Ticket.Kind).ToArray());
        }

        [Test]
        public void OurExitGivesWayToThePlatformsClose()
        {
            Armed(settings => settings.KillCollarTicks = 1);
            Trading.Signal(Side.Buy);
            Trading.Run();
            Trading.Between.Flattening = (account, instrument, goOn) => { };
            Trading.Between.Submitting = (tickets, goOn) =>
            {
                goOn();
                // The market runs away before our exit can fill.
                Trading.Quote(4999, 4999.25);
            };
            Trading.Desk.Kill("the button");
            Trading.Run();
            for (int i = 0; i < 10 && !Trading.WorkingOf(OrderPurpose.Exit).Any(); i++)
            {
                Trading.Requote();
                Trading.Pass(500 * TradingHarness.Milli);
            }
            Assert.AreEqual(1, Trading.WorkingOf(OrderPurpose.Exit).Count());
            Foreign(OrderKind.Limit, 1, 5010, "");
            Trading.Run();
            Trading.Pass(50 * TradingHarness.Milli);
            Assert.IsEmpty(Trading.WorkingOf(OrderPurpose.Exit), "both would turn the position round");
            Assert.AreEqual(1, Trading.WorkingOf(OrderPurpose.Foreign).Count());
        }

        [Test]
        public void ExitsOfTwoKillsNeverShareAName()
        {
            Armed();
            Trading.Between.Flattening = (account, instrument, goOn) => { throw new InvalidOperationException("test"); };
            for (int i = 0; i < 2; i++)
            {
                Trading.Signal(Side.Buy);
                Trading.Run();
                KillAndVerify();
                string answer = "none";
                Trading.Desk.ClearKill(why => answer = why);
                Trading.Run();
                Assert.IsNull(answer);
                Assert.IsNull(Trading.Arm());
            }
            string[] names = Trading.Platform.Orders.Where(order => order.Ticket.Purpose == OrderPurpose.Exit)
                .Select(order => order.Ticket.Name).ToArray();
            Assert.AreEqual(2, names.Length);
            CollectionAssert.AllItemsAreUnique(names);
        }
    }
}
