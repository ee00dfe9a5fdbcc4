namespace Tickbridge.NinjaPlatform
{
    using System;
    using NinjaTrader.Cbi;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;
    using NtAction = NinjaTrader.Cbi.OrderAction;
    using NtState = NinjaTrader.Cbi.OrderState;
    using NtType = NinjaTrader.Cbi.OrderType;

    /// <summary>NinjaTrader's words and numbers, and ours.</summary>
    internal static class Terms
    {
        private const double One = 1e9;

        /// <summary>What 64 bits hold in 1e-9 units; not a number is not below it either.</summary>
        private const double Largest = 9e9;

        /// <summary>NinjaTrader writes 0 where an order has no such price.</summary>
        public static double Price(long price) => price == LinkProtocol.NullPrice ? 0 : price / One;

        /// <summary>
        /// A price in 1e-9 units; NullPrice where it is none that can be told. Rounding by 1e-9 takes away what double
        /// adds to a decimal.
        /// </summary>
        public static long Price(double price) => Math.Abs(price) < Largest
            ? (long)Math.Round((decimal)price * 1000000000m)
            : LinkProtocol.NullPrice;

        /// <summary>A price of an order; 0 stands for none.</summary>
        public static long OrderPrice(double price) => price == 0 ? LinkProtocol.NullPrice : Price(price);

        public static NtAction Action(OrderTicket ticket)
        {
            bool isEntry = ticket.Purpose == OrderPurpose.Entry;
            if (ticket.Side == OrderSide.Buy)
            {
                return isEntry ? NtAction.Buy : NtAction.BuyToCover;
            }
            return isEntry ? NtAction.SellShort : NtAction.Sell;
        }

        public static OrderSide Side(NtAction action) =>
            action == NtAction.Buy || action == NtAction.BuyToCover ? OrderSide.Buy : OrderSide.Sell;

        public static NtType Type(OrderKind kind)
        {
            switch (kind)
            {
                case OrderKind.Market: return NtType.Market;
                case OrderKind.Limit: return NtType.Limit;
                case OrderKind.StopMarket: return NtType.StopMarket;
                case OrderKind.StopLimit: return NtType.StopLimit;
                default: throw new ArgumentException("orders of kind " + kind + " are never submitted");
            }
        }

        public static OrderKind Kind(NtType type)
        {
            switch (type)
            {
                case NtType.Market: return OrderKind.Market;
                case NtType.Limit: return OrderKind.Limit;
                case NtType.StopMarket: return OrderKind.StopMarket;
                case NtType.StopLimit: return OrderKind.StopLimit;
                default: return OrderKind.Other;
            }
        }

        /// <summary>A state that this code does not name is Unknown, which counts as working.</summary>
        public static OrderStatus Status(NtState state)
        {
            switch (state)
            {
                case NtState.Initialized: return OrderStatus.Initialized;
                case NtState.Submitted: return OrderStatus.Submitted;
                case NtState.AcceptedByRisk: return OrderStatus.AcceptedByRisk;
                case NtState.Accepted: return OrderStatus.Accepted;
                case NtState.TriggerPending: return OrderStatus.TriggerPending;
                case NtState.Working: return OrderStatus.Working;
                case NtState.ChangePending: return OrderStatus.ChangePending;
                case NtState.ChangeSubmitted: return OrderStatus.ChangeSubmitted;
                case NtState.CancelPending: return OrderStatus.CancelPending;
                case NtState.CancelSubmitted: return OrderStatus.CancelSubmitted;
                case NtState.PartFilled: return OrderStatus.PartFilled;
                case NtState.Suspended: return OrderStatus.Suspended;
                case NtState.Filled: return OrderStatus.Filled;
                case NtState.Cancelled: return OrderStatus.Cancelled;
                case NtState.Rejected: return OrderStatus.Rejected;
                default: return OrderStatus.Unknown;
            }
        }

        public static OrderError Error(ErrorCode error)
        {
            switch (error)
            {
                case ErrorCode.NoError: return OrderError.None;
                case ErrorCode.OrderRejected: return OrderError.OrderRejected;
                case ErrorCode.OrderRejectedByRisk: return OrderError.RejectedByRisk;
                case ErrorCode.UnableToSubmitOrder: return OrderError.UnableToSubmit;
                case ErrorCode.UnableToChangeOrder: return OrderError.UnableToChange;
                case ErrorCode.UnableToCancelOrder: return OrderError.UnableToCancel;
                default: return OrderError.Other;
            }
        }

        /// <summary>
        /// Whether no real money is in an account: by its provider, or by the names that NinjaTrader gives accounts of
        /// that kind. The provider by its name, since no document lists all of them.
        /// </summary>
        public static bool IsSimulation(Account account)
        {
            string provider = account.Provider.ToString();
            return provider == "Simulator" || provider == "Playback" || IsNumbered(account.Name, "Sim")
                || IsNumbered(account.Name, "Playback");
        }

        private static bool IsNumbered(string name, string prefix)
        {
            int number;
            return name.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(name.Substring(prefix.Length),
                System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number);
        }

        public static int Signed(MarketPosition side, int quantity) =>
            side == MarketPosition.Flat ? 0 : side == MarketPosition.Long ? quantity : -quantity;
    }
}
