namespace Tickbridge.Host
{
    using System.Text;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;

    /// <summary>Puts what trading does into the window's log. Trading thread.</summary>
    internal sealed class NoticeLog : IDecisionSink
    {
        private readonly EventLog log;

        public NoticeLog(EventLog log)
        {
            this.log = log;
        }

        public void OnDecision(Decision decision)
        {
            log.Add(Weight.Information, "Signal " + decision.SignalNumber + " " + decision.Instrument + ": "
                + (decision.IsPassed ? decision.IsSent ? "sent" : "passed, not sent" : "refused by " + decision.RefusedBy)
                + (decision.Text.Length == 0 ? "" : ", " + decision.Text));
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
            Weight weight = notice.Kind == NoticeKind.Alarm || notice.Kind == NoticeKind.Killed
                ? Weight.Alarm
                : notice.Kind == NoticeKind.Warning || notice.Kind == NoticeKind.Mismatch
                    || notice.Kind == NoticeKind.LinkLost || notice.Kind == NoticeKind.PlatformLost
                    || notice.Kind == NoticeKind.ArmingRefused
                    ? Weight.Warning
                    : Weight.Information;
            log.Add(weight, notice.Kind + (notice.Account.Length == 0 ? "" : " " + notice.Account)
                + (notice.Instrument.Length == 0 ? "" : " " + notice.Instrument) + ": " + notice.Text);
        }
    }
}
