using System;
using System.Globalization;
using System.Text;

namespace Tickbridge.Core.Trading
{
    /// <summary>What a line of the audit log says of each thing that it tells of.</summary>
    internal static class AuditFields
    {
        public static void Of(StringBuilder line, Decision decision)
        {
            Field(line, "session", decision.Session);
            Field(line, "signal", decision.SignalNumber);
            Field(line, "signalRule", decision.SignalRule);
            Text(line, "instrument", decision.Instrument);
            Text(line, "account", decision.Account);
            Text(line, "mode", decision.Mode.ToString());
            Text(line, "side", decision.Side.HasValue ? decision.Side.Value.ToString() : "None");
            Field(line, "quantity", decision.Quantity);
            Text(line, "price", FixedPrice.Format(decision.Price));
            Text(line, "passed", decision.IsPassed ? "yes" : "no");
            Text(line, "send", decision.Handle != 0 ? "yes" : "no");
            Text(line, "rule", decision.RefusedBy.ToString());
            Field(line, "measured", decision.Measured);
            Field(line, "limit", decision.Limit);
            Text(line, "unit", decision.Unit);
            Field(line, "ageNs", decision.Age);
            Field(line, "boundNs", decision.AgeBound);
            Text(line, "text", decision.Text);
        }

        public static void Of(StringBuilder line, OrderTicket ticket)
        {
            Named(line, ticket.Handle, ticket.Name, ticket.Account, ticket.Instrument);
            Text(line, "purpose", ticket.Purpose.ToString());
            Text(line, "side", ticket.Side.ToString());
            Text(line, "kind", ticket.Kind.ToString());
            Field(line, "quantity", ticket.Quantity);
            Text(line, "limitPrice", FixedPrice.Format(ticket.LimitPrice));
            Text(line, "stopPrice", FixedPrice.Format(ticket.StopPrice));
            Text(line, "oco", ticket.OcoGroup);
            Text(line, "atm", ticket.AtmTemplate);
        }

        public static void Of(StringBuilder line, OrderReport order, string more)
        {
            Named(line, order.Handle, order.Name, order.Account, order.Instrument);
            Text(line, "to", more);
        }

        public static void Of(StringBuilder line, string account, string instrument)
        {
            Text(line, "account", account);
            Text(line, "instrument", instrument);
        }

        public static void Of(StringBuilder line, OrderReport order)
        {
            Named(line, order.Handle, order.Name, order.Account, order.Instrument);
            Text(line, "side", order.Side.ToString());
            Text(line, "kind", order.Kind.ToString());
            Text(line, "status", order.Status.ToString());
            Field(line, "quantity", order.Quantity);
            Field(line, "filled", order.Filled);
            Text(line, "limitPrice", FixedPrice.Format(order.LimitPrice));
            Text(line, "stopPrice", FixedPrice.Format(order.StopPrice));
            Text(line, "averagePrice", FixedPrice.Format(order.AveragePrice));
            Text(line, "error", order.Error.ToString());
            Text(line, "comment", order.Comment);
        }

        public static void Of(StringBuilder line, ExecutionReport execution)
        {
            Fill(line, execution);
            Text(line, "removed", execution.IsRemoved ? "yes" : "no");
            Text(line, "time", AuditLine.Format(execution.Time));
        }

        public static void Of(StringBuilder line, PositionReport position)
        {
            Text(line, "account", position.Account);
            Text(line, "instrument", position.Instrument);
            Field(line, "quantity", position.Quantity);
            Text(line, "averagePrice", FixedPrice.Format(position.AveragePrice));
        }

        public static void Of(StringBuilder line, TradingNotice notice)
        {
            Text(line, "what", notice.Kind.ToString());
            Text(line, "account", notice.Account);
            Text(line, "instrument", notice.Instrument);
            Text(line, "text", notice.Text);
        }

        /// <summary>Which order a line is about.</summary>
        private static void Named(StringBuilder line, long handle, string name, string account, string instrument)
        {
            Field(line, "handle", handle);
            Text(line, "name", name);
            Text(line, "account", account);
            Text(line, "instrument", instrument);
        }

        /// <summary>The first line of a file.</summary>
        public static void Header(StringBuilder line, string previousHash)
        {
            Text(line, "previousHash", previousHash);
            Text(line, "version", "1");
        }

        /// <summary>Lines before this one that could not be written.</summary>
        public static void Lost(StringBuilder line, long lines, string why)
        {
            Field(line, "lines", lines);
            Text(line, "text", why);
        }

        /// <summary>What was realized on a day, by a run that knows of the earlier ones or by one that does not.</summary>
        public static void Realized(StringBuilder line, string account, DateTime day, double realized, bool isWhole)
        {
            Text(line, "account", account);
            Text(line, "day", day.ToString(AuditHistory.DayFormat, CultureInfo.InvariantCulture));
            Text(line, "realized", realized.ToString("R", CultureInfo.InvariantCulture));
            if (!isWhole)
            {
                Text(line, AuditHistory.EarlierField, AuditHistory.EarlierUnknown);
            }
        }

        public static void Fill(StringBuilder line, ExecutionReport execution)
        {
            Text(line, "id", execution.ExecutionId);
            Field(line, "handle", execution.Handle);
            Text(line, "account", execution.Account);
            Text(line, "instrument", execution.Instrument);
            Text(line, "side", execution.Side.ToString());
            Field(line, "quantity", execution.Quantity);
            Text(line, "price", FixedPrice.Format(execution.Price));
            Text(line, "cost", execution.Cost.ToString("R", CultureInfo.InvariantCulture));
        }

        private static void Text(StringBuilder line, string name, string value)
        {
            AuditLine.Field(line, name, value);
        }

        private static void Field(StringBuilder line, string name, long value)
        {
            AuditLine.Field(line, name, value.ToString(CultureInfo.InvariantCulture));
        }

        private static void Field(StringBuilder line, string name, ulong value)
        {
            AuditLine.Field(line, name, value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
