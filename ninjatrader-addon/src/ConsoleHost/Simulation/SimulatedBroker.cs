using System;
using System.Collections.Generic;
using System.Linq;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// Holds the orders and takes them through their states: accepts, changes, cancels, fills at the bid and offer, cancels
    /// what one group of orders leaves. Each step is told, and the next one comes when the schedule lets it. Not for several
    /// threads: the platform's lock guards it.
    /// </summary>
    internal sealed class SimulatedBroker
    {
        private readonly IClock clock;
        private readonly ISimulationSchedule schedule;
        private readonly SimulatedFaults faults;
        private readonly SimulatedMarket market;
        private readonly SimulatedAccounts accounts;
        private readonly SimulatedConnection connection;
        private readonly Dictionary<long, SimulatedOrder> orders = new Dictionary<long, SimulatedOrder>();
        private readonly List<SimulatedOrder> working = new List<SimulatedOrder>();

        public SimulatedBroker(IClock clock, ISimulationSchedule schedule, SimulatedFaults faults, SimulatedMarket market,
            SimulatedAccounts accounts, SimulatedConnection connection)
        {
            this.clock = clock;
            this.schedule = schedule;
            this.faults = faults;
            this.market = market;
            this.accounts = accounts;
            this.connection = connection;
        }

        public ICollection<SimulatedOrder> Orders => orders.Values;

        /// <summary>Orders that have not ended.</summary>
        public ICollection<SimulatedOrder> Working => working;

        public OrderReport[] OrdersOf(string account) => orders.Values.Where(order => order.Ticket.Account == account)
            .Select(order => order.Report(clock.Now, OrderError.None, "")).ToArray();

        public void Place(OrderTicket ticket)
        {
            var order = new SimulatedOrder(ticket);
            orders.Add(ticket.Handle, order);
            if (!connection.IsUp)
            {
                order.Status = OrderStatus.Rejected;
                Tell(order, OrderError.UnableToSubmit, "not connected");
                return;
            }
            working.Add(order);
            Move(order, OrderStatus.Submitted);
            schedule.Add("broker " + ticket.Handle, () => Accept(order));
        }

        public void Change(OrderChange change)
        {
            Ask(change.Handle, OrderStatus.ChangePending, OrderError.UnableToChange, order => DoChange(order, change));
        }

        public void Cancel(long handle)
        {
            Ask(handle, OrderStatus.CancelPending, OrderError.UnableToCancel, DoCancel);
        }

        /// <summary>The market of an instrument moved: fills what it reaches.</summary>
        public void OnQuote(PlatformQuote quote)
        {
            long price;
            foreach (SimulatedOrder order in working.Where(order => order.Ticket.Instrument == quote.Instrument
                && order.CanFill(quote.Bid, quote.Ask, out price)).ToArray())
            {
                TryFill(order);
            }
        }

        private void Accept(SimulatedOrder order)
        {
            if (order.IsEnded)
            {
                return;
            }
            if (faults.Rejects(order.Ticket) || market.ContractOf(order.Ticket.Instrument) == null)
            {
                End(order, OrderStatus.Rejected, OrderError.OrderRejected, "rejected by the simulated broker");
                return;
            }
            Move(order, OrderStatus.Accepted);
            if (order.Status == OrderStatus.Accepted)
            {
                Move(order, OrderStatus.Working);
            }
            order.IsOnBook = true;
            schedule.Add("market " + order.Ticket.Handle, () => TryFill(order));
        }

        private void TryFill(SimulatedOrder order)
        {
            PlatformQuote quote = market.QuoteOf(order.Ticket.Instrument);
            long price;
            if (quote == null || !order.CanFill(quote.Bid, quote.Ask, out price))
            {
                return;
            }
            int quantity = Math.Max(1, Math.Min(order.Remaining, faults.FillOf(order.Remaining)));
            Fill(order, quantity, price);
            if (order.Remaining > 0)
            {
                schedule.Add("market " + order.Ticket.Handle, () => TryFill(order));
            }
        }

        private void Fill(SimulatedOrder order, int quantity, long price)
        {
            OrderTicket ticket = order.Ticket;
            order.Filled += quantity;
            order.Paid += (decimal)quantity * price;
            ExecutionReport execution = accounts.Fill(ticket, quantity, price);
            bool isFilled = order.Filled >= order.Quantity;
            if (isFilled)
            {
                End(order, OrderStatus.Filled, OrderError.None, "");
            }
            else
            {
                Move(order, OrderStatus.PartFilled);
            }
            connection.Tell("executions", heard => heard.OnExecution(execution));
            PositionReport position = accounts.PositionReport(ticket.Account, ticket.Instrument);
            connection.Tell("positions", heard => heard.OnPosition(position));
            AccountReport money = accounts.MoneyOf(ticket.Account);
            connection.Tell("money", heard => heard.OnAccount(money));
            if (isFilled || faults.OcoOnFirstFill)
            {
                CancelGroup(order);
            }
        }

        private void DoChange(SimulatedOrder order, OrderChange change)
        {
            if (faults.RefusesChange())
            {
                Back(order, OrderError.UnableToChange);
                return;
            }
            order.Quantity = Math.Max(change.Quantity, order.Filled);
            order.LimitPrice = change.LimitPrice;
            order.StopPrice = change.StopPrice;
            if (order.Filled == order.Quantity)
            {
                End(order, OrderStatus.Filled, OrderError.None, "");
                CancelGroup(order);
                return;
            }
            Back(order, OrderError.None);
        }

        private void DoCancel(SimulatedOrder order)
        {
            if (faults.RefusesCancel())
            {
                Back(order, OrderError.UnableToCancel);
                return;
            }
            End(order, OrderStatus.Cancelled, OrderError.None, "");
            CancelGroup(order);
        }

        private void Ask(long handle, OrderStatus meanwhile, OrderError refusal, Action<SimulatedOrder> request)
        {
            SimulatedOrder order;
            if (!orders.TryGetValue(handle, out order) || order.IsEnded)
            {
                // An order that has ended: its end is told already or on its way.
                return;
            }
            if (!connection.IsUp)
            {
                Tell(order, refusal, "not connected");
                return;
            }
            Move(order, meanwhile);
            schedule.Add("broker " + handle, () =>
            {
                if (!order.IsEnded)
                {
                    request(order);
                }
            });
        }

        private void CancelGroup(SimulatedOrder ended)
        {
            string group = ended.Ticket.OcoGroup;
            foreach (SimulatedOrder other in working.Where(other => group.Length > 0 && other != ended
                && other.Ticket.OcoGroup == group).ToArray())
            {
                schedule.Add("oco " + group, () =>
                {
                    if (!other.IsEnded)
                    {
                        End(other, OrderStatus.Cancelled, OrderError.None, "OCO");
                    }
                });
            }
        }

        private void Back(SimulatedOrder order, OrderError error)
        {
            order.Status = order.Filled > 0 ? OrderStatus.PartFilled : OrderStatus.Working;
            Tell(order, error, "");
        }

        private void Move(SimulatedOrder order, OrderStatus status)
        {
            order.Status = status;
            Tell(order, OrderError.None, "");
        }

        private void End(SimulatedOrder order, OrderStatus status, OrderError error, string comment)
        {
            order.Status = status;
            working.Remove(order);
            Tell(order, error, comment);
        }

        private void Tell(SimulatedOrder order, OrderError error, string comment)
        {
            OrderReport report = order.Report(clock.Now, error, comment);
            if (error == OrderError.UnableToSubmit || error == OrderError.UnableToCancel
                || error == OrderError.UnableToChange)
            {
                // The platform itself says so, connected or not.
                connection.TellAlways("order " + report.Handle, heard => heard.OnOrder(report));
                return;
            }
            connection.Tell("order " + report.Handle, heard => heard.OnOrder(report));
        }
    }
}
