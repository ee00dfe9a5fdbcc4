using System;

namespace Tickbridge.Core.Trading
{
    /// <summary>What was asked of the platform and not answered yet.</summary>
    internal enum OrderRequest
    {
        None,
        Submit,
        Change,
        Cancel
    }

    /// <summary>One order, ours or another's, as far as it is known. Trading thread.</summary>
    internal sealed class TrackedOrder
    {
        private OrderReport report;

        /// <summary>Its end was concluded, not told by the platform.</summary>
        private bool isPresumed;

        public TrackedOrder(OrderTicket ticket, long now)
        {
            Ticket = ticket;
            Wanted = ticket.Quantity;
            Request = OrderRequest.Submit;
            RequestTime = now;
            report = new OrderReport
            {
                Handle = ticket.Handle,
                Name = ticket.Name,
                Account = ticket.Account,
                Instrument = ticket.Instrument,
                Side = ticket.Side,
                Kind = ticket.Kind,
                Status = OrderStatus.Initialized,
                Quantity = ticket.Quantity,
                LimitPrice = ticket.LimitPrice,
                StopPrice = ticket.StopPrice,
                OcoGroup = ticket.OcoGroup,
                Time = now
            };
        }

        public TrackedOrder(OrderReport foreign)
        {
            report = foreign;
            Wanted = foreign.Quantity;
        }

        /// <summary>null: another's.</summary>
        public OrderTicket Ticket { get; }

        public OrderReport Report => report;

        public long Handle => report.Handle;

        public OrderPurpose Purpose => Ticket == null ? OrderPurpose.Foreign : Ticket.Purpose;

        /// <summary>Grows with each order that the account came to know.</summary>
        public long Serial { get; set; }

        /// <summary>Sum of the fills that were told.</summary>
        public int Executed { get; private set; }

        /// <summary>Part of Executed that was taken on the order's own word, before a fill of it was told.</summary>
        public AssumedQuantity Assumed { get; } = new AssumedQuantity();

        public OrderRequest Request { get; private set; }

        /// <summary>When it was asked, local clock.</summary>
        public long RequestTime { get; private set; }

        /// <summary>The quantity asked for last.</summary>
        public int Wanted { get; private set; }

        public bool ChangeRefused { get; private set; }

        public int CancelRefusals { get; private set; }

        /// <summary>When the last cancel was refused, local clock; 0: none was.</summary>
        public long CancelRefusedAt { get; private set; }

        public bool IsEnded => OrderStatuses.IsTerminal(report.Status);

        /// <summary>
        /// What may still be filled or was filled without the fill being told yet: never less than the truth. Of
        /// another's ended order nothing is awaited: its fills may lie before our time.
        /// </summary>
        public int Pending
        {
            get
            {
                if (IsEnded && Ticket == null)
                {
                    return 0;
                }
                int most = IsEnded ? report.Filled : Math.Max(report.Quantity, Wanted);
                return Math.Max(most - Executed, 0);
            }
        }

        /// <summary>Pending, but 0 once it was asked to be cancelled.</summary>
        public int Staying => IsEnded || Request == OrderRequest.Cancel ? 0 : Math.Max(Wanted - Executed, 0);

        /// <summary>Nothing is asked of it, and the platform can change it.</summary>
        public bool IsIdle => Request == OrderRequest.None && OrderStatuses.IsSettled(report.Status);

        public bool IsAtMarket => OrderStatuses.IsAtMarket(report.Status);

        /// <summary>What the platform says may still fill, whatever was asked for.</summary>
        public int Left => IsEnded ? 0 : Math.Max(0, report.Quantity - Math.Max(report.Filled, Executed));

        /// <summary>What the platform says was filled, and no fill was told of.</summary>
        public int Untold => Math.Max(0, report.Filled - Executed);

        public void Execute(int quantity)
        {
            Executed += quantity;
        }

        /// <summary>It says that it was filled, and its position is there: the fill is as good as told.</summary>
        public void Assume(int quantity, long price)
        {
            Executed += quantity;
            Assumed.Add(quantity, price);
        }

        /// <summary>No fill of it is awaited any more: the platform's position says that all are in it.</summary>
        public void SettleFills()
        {
            if (IsEnded)
            {
                Executed = Math.Max(Executed, report.Filled);
            }
        }

        public void ChangeAsked(int quantity, long now)
        {
            Wanted = quantity;
            Ask(OrderRequest.Change, now);
        }

        public void CancelAsked(long now)
        {
            Ask(OrderRequest.Cancel, now);
        }

        /// <summary>
        /// The request was not answered in time: it may be asked again, but for a change. The order is as large as the
        /// platform says, not as large as we wanted it.
        /// </summary>
        public void GiveUpRequest()
        {
            ChangeRefused |= Request == OrderRequest.Change;
            Wanted = report.Quantity;
            Request = OrderRequest.None;
        }

        /// <summary>The platform does not have it any more, and never told its end.</summary>
        public void Lose(long now)
        {
            report = With(OrderStatus.Cancelled, Executed, now);
            Request = OrderRequest.None;
            isPresumed = true;
        }

        /// <summary>The platform goes on saying that it works, though it had told its end.</summary>
        public void Revive(OrderReport fresh)
        {
            report = fresh;
            isPresumed = false;
            Wanted = fresh.Quantity;
            Request = OrderRequest.None;
        }

        /// <summary>Takes a report.</summary>
        /// <returns>false if it says less than is known already</returns>
        public bool Apply(OrderReport fresh)
        {
            if (IsEnded && !isPresumed && (!OrderStatuses.IsTerminal(fresh.Status) || fresh.Filled <= report.Filled))
            {
                return false;
            }
            TakeQuantity(fresh);
            if (Request == OrderRequest.None && IsSame(fresh))
            {
                return false;
            }
            int filled = Math.Max(fresh.Filled, report.Filled);
            report = fresh;
            isPresumed = fresh.IsPresumed;
            if (fresh.Filled < filled)
            {
                report = With(fresh.Status, filled, fresh.Time);
            }
            Answer(fresh);
            return true;
        }

        /// <summary>
        /// An order that nothing is asked of, and that has another size than was asked for last: somebody else changed it,
        /// or the platform undid what it had done. Asking once more would go on for ever. A report from before the
        /// last one, as in a snapshot that an event overtook, says nothing.
        /// </summary>
        private void TakeQuantity(OrderReport fresh)
        {
            if (Ticket != null && Request == OrderRequest.None && fresh.Quantity != Wanted && fresh.Time > report.Time
                && OrderStatuses.IsSettled(fresh.Status))
            {
                Wanted = fresh.Quantity;
                ChangeRefused = true;
            }
        }

        private bool IsSame(OrderReport fresh) => fresh.Status == report.Status && fresh.Quantity == report.Quantity
            && fresh.Filled == report.Filled && fresh.LimitPrice == report.LimitPrice
            && fresh.StopPrice == report.StopPrice && fresh.Error == report.Error;

        private void Answer(OrderReport fresh)
        {
            if (Ticket == null && Request != OrderRequest.Change)
            {
                Wanted = fresh.Quantity;
            }
            if (IsEnded)
            {
                Request = OrderRequest.None;
                return;
            }
            switch (Request)
            {
                case OrderRequest.Submit:
                    if (fresh.Status != OrderStatus.Initialized && fresh.Status != OrderStatus.Submitted
                        && fresh.Status != OrderStatus.AcceptedByRisk && fresh.Status != OrderStatus.Unknown)
                    {
                        Request = OrderRequest.None;
                    }
                    break;
                case OrderRequest.Change:
                    AnswerChange(fresh);
                    break;
                case OrderRequest.Cancel:
                    if (fresh.Error == OrderError.UnableToCancel)
                    {
                        CancelRefusals++;
                        CancelRefusedAt = fresh.Time;
                        Request = OrderRequest.None;
                    }
                    break;
            }
        }

        private void AnswerChange(OrderReport fresh)
        {
            // Whatever the platform calls it: the change was not done.
            if (fresh.Error != OrderError.None)
            {
                ChangeRefused = true;
                Wanted = fresh.Quantity;
                Request = OrderRequest.None;
            }
            else if (fresh.Quantity == Wanted && fresh.Status != OrderStatus.ChangePending
                && fresh.Status != OrderStatus.ChangeSubmitted)
            {
                Request = OrderRequest.None;
            }
        }

        private void Ask(OrderRequest request, long now)
        {
            Request = request;
            RequestTime = now;
        }

        private OrderReport With(OrderStatus status, int filled, long time) => new OrderReport
        {
            Handle = report.Handle,
            Name = report.Name,
            Account = report.Account,
            Instrument = report.Instrument,
            Side = report.Side,
            Kind = report.Kind,
            Status = status,
            Quantity = report.Quantity,
            Filled = filled,
            LimitPrice = report.LimitPrice,
            StopPrice = report.StopPrice,
            AveragePrice = report.AveragePrice,
            OcoGroup = report.OcoGroup,
            Error = report.Error,
            Comment = report.Comment,
            Time = time
        };
    }
}
