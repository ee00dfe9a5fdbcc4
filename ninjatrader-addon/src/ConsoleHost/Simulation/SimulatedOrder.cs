using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.ConsoleHost
{
    /// <summary>An order as the simulated broker holds it.</summary>
    internal sealed class SimulatedOrder
    {
        public SimulatedOrder(OrderTicket ticket)
        {
            Ticket = ticket;
            Quantity = ticket.Quantity;
            LimitPrice = ticket.LimitPrice;
            StopPrice = ticket.StopPrice;
        }

        public OrderTicket Ticket { get; }

        public OrderStatus Status { get; set; } = OrderStatus.Initialized;

        public int Quantity { get; set; }

        public int Filled { get; set; }

        public long LimitPrice { get; set; }

        public long StopPrice { get; set; }

        /// <summary>A stop whose price was reached: from then on it fills at the market.</summary>
        public bool IsTriggered { get; set; }

        /// <summary>The broker has it on its book.</summary>
        public bool IsOnBook { get; set; }

        public decimal Paid { get; set; }

        public bool IsEnded => OrderStatuses.IsTerminal(Status);

        public int Remaining => IsEnded ? 0 : Quantity - Filled;

        public OrderReport Report(long now, OrderError error, string comment) => new OrderReport
        {
            Handle = Ticket.Handle,
            Name = Ticket.Name,
            Account = Ticket.Account,
            Instrument = Ticket.Instrument,
            Side = Ticket.Side,
            Kind = Ticket.Kind,
            Status = Status,
            Quantity = Quantity,
            Filled = Filled,
            LimitPrice = LimitPrice,
            StopPrice = StopPrice,
            AveragePrice = Filled == 0 ? LinkProtocol.NullPrice : (long)(Paid / Filled),
            OcoGroup = Ticket.OcoGroup,
            Error = error,
            Comment = comment,
            Time = now
        };

        /// <summary>Whether a market would fill it; the price at which.</summary>
        public bool CanFill(long bid, long ask, out long price)
        {
            bool buys = Ticket.Side == OrderSide.Buy;
            price = buys ? ask : bid;
            if (!IsOnBook || IsEnded || price == LinkProtocol.NullPrice)
            {
                return false;
            }
            switch (Ticket.Kind)
            {
                case OrderKind.Market: return true;
                case OrderKind.Limit: return buys ? price <= LimitPrice : price >= LimitPrice;
                case OrderKind.StopMarket:
                    IsTriggered |= buys ? ask >= StopPrice : bid <= StopPrice;
                    return IsTriggered;
                default: return false;
            }
        }
    }
}
