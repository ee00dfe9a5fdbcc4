using System;
using System.Collections.Generic;
using Tickbridge.Core.Trading;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// Answers the questions for what an account has: the answer is of when the broker comes to it, and arrives later still.
    /// Not for several threads: the platform's lock guards it.
    /// </summary>
    internal sealed class SimulatedSnapshots
    {
        private readonly ISimulationSchedule schedule;
        private readonly SimulatedFaults faults;
        private readonly SimulatedAccounts accounts;
        private readonly SimulatedBroker broker;
        private readonly SimulatedConnection connection;
        private readonly List<Action> held = new List<Action>();

        public SimulatedSnapshots(ISimulationSchedule schedule, SimulatedFaults faults, SimulatedAccounts accounts,
            SimulatedBroker broker, SimulatedConnection connection)
        {
            this.schedule = schedule;
            this.faults = faults;
            this.accounts = accounts;
            this.broker = broker;
            this.connection = connection;
        }

        /// <summary>Whether an account is said to hold no real money.</summary>
        public Func<string, bool> Simulates { get; set; } = account => true;

        public void Ask(string account, long request)
        {
            Action answer = () => schedule.Add("ask", () =>
            {
                PlatformSnapshot snapshot = Snapshot(account, request);
                connection.TellAlways("snapshot", heard => heard.OnSnapshot(snapshot));
            });
            if (faults.HoldsAnswers())
            {
                held.Add(answer);
                return;
            }
            answer();
        }

        /// <summary>Answers what the faults held up.</summary>
        public void Answer()
        {
            Action[] answers = held.ToArray();
            held.Clear();
            foreach (Action answer in answers)
            {
                answer();
            }
        }

        private PlatformSnapshot Snapshot(string account, long request) => new PlatformSnapshot
        {
            Request = request,
            Account = account,
            AccountExists = accounts.Exists(account),
            IsSimulation = Simulates(account),
            Currency = "UsDollar",
            Connection = connection.ReportOf(account),
            Money = accounts.MoneyOf(account),
            Orders = broker.OrdersOf(account),
            Positions = accounts.PositionsOf(account),
            Executions = accounts.ExecutionsOf(account)
        };
    }
}
