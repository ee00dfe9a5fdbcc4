using System;
using System.Collections.Generic;
using System.Linq;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// The accounts at the simulated broker: their fills, what they hold and what they have earned. Not for several threads:
    /// the platform's lock guards it.
    /// </summary>
    internal sealed class SimulatedAccounts
    {
        private readonly HashSet<string> names;
        private readonly SimulatedMarket market;
        private readonly IClock clock;
        private readonly Dictionary<string, SimulatedPosition> positions = new Dictionary<string, SimulatedPosition>();
        private readonly List<ExecutionReport> executions = new List<ExecutionReport>();

        public SimulatedAccounts(IEnumerable<string> names, SimulatedMarket market, IClock clock)
        {
            this.names = new HashSet<string>(names);
            this.market = market;
            this.clock = clock;
        }

        public IEnumerable<string> Names => names;

        /// <summary>Positions that are not flat.</summary>
        public int OpenPositions => positions.Values.Count(position => position.Quantity != 0);

        public bool Exists(string account) => names.Contains(account);

        /// <exception cref="KeyNotFoundException">The instrument is not traded.</exception>
        public SimulatedPosition Position(string account, string instrument)
        {
            SimulatedPosition position;
            string key = account + "\n" + instrument;
            if (!positions.TryGetValue(key, out position))
            {
                ContractSpec contract = market.ContractOf(instrument);
                if (contract == null)
                {
                    throw new KeyNotFoundException(instrument + " is not traded at the simulated broker");
                }
                position = new SimulatedPosition(contract);
                positions.Add(key, position);
            }
            return position;
        }

        /// <summary>Books a fill.</summary>
        public ExecutionReport Fill(OrderTicket ticket, int quantity, long price)
        {
            Position(ticket.Account, ticket.Instrument)
                .Fill(ticket.Side == OrderSide.Buy ? quantity : -quantity, price);
            var execution = new ExecutionReport
            {
                ExecutionId = "X" + (executions.Count + 1),
                Handle = ticket.Handle,
                Account = ticket.Account,
                Instrument = ticket.Instrument,
                Side = ticket.Side,
                Quantity = quantity,
                Price = price,
                Time = clock.Now
            };
            executions.Add(execution);
            return execution;
        }

        public PositionReport PositionReport(string account, string instrument)
        {
            SimulatedPosition position = Position(account, instrument);
            return new PositionReport(account, instrument, position.Quantity, position.AveragePrice, clock.Now);
        }

        /// <summary>What is not flat.</summary>
        public PositionReport[] PositionsOf(string account) => Of(account).Where(entry => entry.Value.Quantity != 0)
            .Select(entry => PositionReport(account, entry.Key.Substring(account.Length + 1))).ToArray();

        public ExecutionReport[] ExecutionsOf(string account) =>
            executions.Where(execution => execution.Account == account).ToArray();

        public AccountReport MoneyOf(string account) =>
            new AccountReport(account, Of(account).Sum(entry => entry.Value.Realized), null, clock.Now);

        private IEnumerable<KeyValuePair<string, SimulatedPosition>> Of(string account) =>
            positions.Where(entry => entry.Key.StartsWith(account + "\n", StringComparison.Ordinal));
    }
}
