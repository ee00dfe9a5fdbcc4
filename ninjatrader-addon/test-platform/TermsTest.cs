using System;
using System.Collections.Generic;
using System.Linq;
using NinjaTrader.Cbi;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using Tickbridge.NinjaPlatform;
using NtAction = NinjaTrader.Cbi.OrderAction;
using NtState = NinjaTrader.Cbi.OrderState;
using NtType = NinjaTrader.Cbi.OrderType;

namespace Tickbridge.PlatformTest
{
    /// <summary>Every word of NinjaTrader's that an order can carry, and ours for it. A member without a line fails.</summary>
    [TestFixture]
    public class TermsTest
    {
        private static readonly Dictionary<NtState, OrderStatus> States = new Dictionary<NtState, OrderStatus>
        {
            { NtState.Initialized, OrderStatus.Initialized },
            { NtState.Submitted, OrderStatus.Submitted },
            { NtState.AcceptedByRisk, OrderStatus.AcceptedByRisk },
            { NtState.Accepted, OrderStatus.Accepted },
            { NtState.TriggerPending, OrderStatus.TriggerPending },
            { NtState.Working, OrderStatus.Working },
            { NtState.ChangePending, OrderStatus.ChangePending },
            { NtState.ChangeSubmitted, OrderStatus.ChangeSubmitted },
            { NtState.CancelPending, OrderStatus.CancelPending },
            { NtState.CancelSubmitted, OrderStatus.CancelSubmitted },
            { NtState.PartFilled, OrderStatus.PartFilled },
            { NtState.Suspended, OrderStatus.Suspended },
            { NtState.Unknown, OrderStatus.Unknown },
            { NtState.Filled, OrderStatus.Filled },
            { NtState.Cancelled, OrderStatus.Cancelled },
            { NtState.Rejected, OrderStatus.Rejected }
        };

        private static readonly Dictionary<ErrorCode, OrderError> Errors = new Dictionary<ErrorCode, OrderError>
        {
            { ErrorCode.NoError, OrderError.None },
            { ErrorCode.OrderRejected, OrderError.OrderRejected },
            { ErrorCode.OrderRejectedByRisk, OrderError.RejectedByRisk },
            { ErrorCode.UnableToSubmitOrder, OrderError.UnableToSubmit },
            { ErrorCode.UnableToChangeOrder, OrderError.UnableToChange },
            { ErrorCode.UnableToCancelOrder, OrderError.UnableToCancel },
            { ErrorCode.LogOnFailed, OrderError.Other },
            { ErrorCode.LoginExpired, OrderError.Other },
            { ErrorCode.UserAbort, OrderError.Other },
            { ErrorCode.Panic, OrderError.Other }
        };

        private static readonly Dictionary<NtType, OrderKind> Kinds = new Dictionary<NtType, OrderKind>
        {
            { NtType.Market, OrderKind.Market },
            { NtType.Limit, OrderKind.Limit },
            { NtType.StopMarket, OrderKind.StopMarket },
            { NtType.StopLimit, OrderKind.StopLimit },
            { NtType.MIT, OrderKind.Other },
            { NtType.Unknown, OrderKind.Other }
        };

        private static readonly Dictionary<NtAction, OrderSide> Sides = new Dictionary<NtAction, OrderSide>
        {
            { NtAction.Buy, OrderSide.Buy },
            { NtAction.BuyToCover, OrderSide.Buy },
            { NtAction.Sell, OrderSide.Sell },
            { NtAction.SellShort, OrderSide.Sell }
        };

        [Test]
        public void EveryStateHasItsWord()
        {
            Covers(States, Terms.Status);
            Assert.AreEqual(OrderStatus.Unknown, Terms.Status((NtState)77), "a state that no document names");
            CollectionAssert.AreEquivalent(Enum.GetValues(typeof(OrderStatus)), States.Values, "no word is for two states");
        }

        /// <summary>Ours may take an order for ended only where NinjaTrader does.</summary>
        [Test]
        public void WhatEndsAnOrderHereEndsItThereAndOnlyTheUnknownWorksOn()
        {
            foreach (NtState state in States.Keys)
            {
                Assert.AreEqual(Order.IsTerminalState(state) && state != NtState.Unknown,
                    OrderStatuses.IsTerminal(Terms.Status(state)), state.ToString());
            }
        }

        [Test]
        public void EveryErrorHasItsWordAndNoneIsTakenForSuccess()
        {
            Covers(Errors, Terms.Error);
            Assert.AreEqual(OrderError.Other, Terms.Error((ErrorCode)77), "an error that no document names");
        }

        [Test]
        public void EveryTypeHasItsWordAndThoseThatAreSubmittedComeBack()
        {
            Covers(Kinds, Terms.Kind);
            Assert.AreEqual(OrderKind.Other, Terms.Kind((NtType)77));
            foreach (OrderKind kind in Enum.GetValues(typeof(OrderKind)))
            {
                if (kind == OrderKind.Other)
                {
                    Assert.Throws<ArgumentException>(() => Terms.Type(kind));
                }
                else
                {
                    Assert.AreEqual(kind, Kinds[Terms.Type(kind)]);
                }
            }
        }

        [Test]
        public void EveryActionHasItsSideAndEveryPurposeItsAction()
        {
            Covers(Sides, Terms.Side);
            foreach (OrderPurpose purpose in Enum.GetValues(typeof(OrderPurpose)))
            {
                bool isEntry = purpose == OrderPurpose.Entry;
                Assert.AreEqual(isEntry ? NtAction.Buy : NtAction.BuyToCover, Action(purpose, OrderSide.Buy));
                Assert.AreEqual(isEntry ? NtAction.SellShort : NtAction.Sell, Action(purpose, OrderSide.Sell));
            }
        }

        [TestCase(MarketPosition.Long, 3)]
        [TestCase(MarketPosition.Short, -3)]
        [TestCase(MarketPosition.Flat, 0)]
        public void APositionHasItsSign(MarketPosition side, int expected)
        {
            Assert.AreEqual(3, Enum.GetValues(typeof(MarketPosition)).Length);
            Assert.AreEqual(expected, Terms.Signed(side, 3));
        }

        [TestCase(0.0, 0)]
        [TestCase(4825.25, 4825250000000)]
        [TestCase(-37.63, -37630000000)]
        [TestCase(0.0000005, 500)]
        [TestCase(8999999999.0, 8999999999000000000)]
        [TestCase(9e9, LinkProtocol.NullPrice)]
        [TestCase(double.NaN, LinkProtocol.NullPrice)]
        [TestCase(double.NegativeInfinity, LinkProtocol.NullPrice)]
        public void APriceIsExactOrNone(double price, long expected)
        {
            Assert.AreEqual(expected, Terms.Price(price));
            Assert.AreEqual(price == 0 ? LinkProtocol.NullPrice : expected, Terms.OrderPrice(price), "of an order 0 is none");
        }

        private static NtAction Action(OrderPurpose purpose, OrderSide side) =>
            Terms.Action(new OrderTicket { Purpose = purpose, Side = side });

        private static void Covers<TTheirs, TOurs>(Dictionary<TTheirs, TOurs> words, Func<TTheirs, TOurs> translate)
        {
            CollectionAssert.AreEquivalent(Enum.GetValues(typeof(TTheirs)).Cast<TTheirs>().ToArray(), words.Keys);
            foreach (KeyValuePair<TTheirs, TOurs> word in words)
            {
                Assert.AreEqual(word.Value, translate(word.Key), word.Key.ToString());
            }
        }
    }
}
