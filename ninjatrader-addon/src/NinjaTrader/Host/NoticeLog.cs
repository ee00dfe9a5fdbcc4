namespace Tickbridge.Host
{
    using System.Text;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;

    /// <summary>
    /// Puts what trading does into the window's log. What became of signals is counted and shown beside it: with a line for
    /// each, a market's rate would push out in seconds what a person must read. Trading thread.
    /// </summary>
    internal sealed class NoticeLog : IDecisionSink
    {
        private readonly EventLog log;

        public NoticeLog(EventLog log)
        {
            this.log = log;
        }

        public void OnDecision(Decision decision)
        {
            // In the status, by what became of it.
        }

        public void OnOrder(OrderReport order)
        {
            log.Add(order.Error == OrderError.None ? Weight.Information : Weight.Warning, "Order " + order.Name + " "
                + order.Instrument + " " + order.Side + " " + order.Kind + ": " + order.Status + " " + order.Filled + "/"
                + order.Quantity + (order.Error == OrderError.None ? "" : " " + order.Error + " " + order.Comment));
        }

        public void OnExecution(ExecutionReport execution)
        {
            var text = new StringBuilder("Fill ").Append(execution.Instrument).Append(' ').Append(execution.Side)
                .Append(' ').Append(execution.Quantity).Append('@');
            FixedPrice.Append(text, execution.Price).Append(execution.IsRemoved ? ", taken back" : "");
            log.Add(execution.IsRemoved ? Weight.Alarm : Weight.Information, text.ToString());
        }

        public void OnPosition(PositionReport position)
        {
            log.Add(Weight.Information, "Position " + position.Instrument + ": " + position.Quantity);
        }

        public void OnNotice(TradingNotice notice)
        {
            string words = WordsOf(notice.Kind);
            if (words != null)
            {
                log.Add(WeightOf(notice.Kind), words + (notice.Account.Length == 0 ? "" : " " + notice.Account)
                    + (notice.Instrument.Length == 0 ? "" : " " + notice.Instrument) + ": " + notice.Text);
            }
        }

        /// <summary>null: the link's own line, or the answer to a button, tells it already.</summary>
        private static string WordsOf(NoticeKind kind)
        {
            switch (kind)
            {
                case NoticeKind.Armed:
                case NoticeKind.ArmingRefused:
                case NoticeKind.KillCleared:
                case NoticeKind.LinkLost:
                case NoticeKind.LinkRestored: return null;
                case NoticeKind.Killed: return "KILLED";
                case NoticeKind.Mismatch: return "NinjaTrader differs from what is known of";
                case NoticeKind.PlatformLost: return "NinjaTrader lost";
                case NoticeKind.PlatformRestored: return "NinjaTrader regained";
                case NoticeKind.OrphanCancelled: return "Cancelled what an earlier run left on";
                case NoticeKind.Alarm: return "ALARM";
                default: return kind.ToString();
            }
        }

        private static Weight WeightOf(NoticeKind kind)
        {
            switch (kind)
            {
                case NoticeKind.Alarm:
                case NoticeKind.Killed: return Weight.Alarm;
                case NoticeKind.Warning:
                case NoticeKind.Mismatch:
                case NoticeKind.PlatformLost:
                case NoticeKind.Disarmed: return Weight.Warning;
                default: return Weight.Information;
            }
        }
    }
}
