using System;
using System.Collections.Generic;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// The way from the simulated broker to who hears the platform: what is told while it is down never arrives, nor does
    /// what the faults lose. Not for several threads: the platform's lock guards it.
    /// </summary>
    internal sealed class SimulatedConnection
    {
        private const string Channel = "connection";

        private readonly IClock clock;
        private readonly ISimulationSchedule schedule;
        private readonly SimulatedFaults faults;
        private readonly IEnumerable<string> accounts;
        private IPlatformEvents events;

        public SimulatedConnection(IClock clock, ISimulationSchedule schedule, SimulatedFaults faults,
            IEnumerable<string> accounts)
        {
            this.clock = clock;
            this.schedule = schedule;
            this.faults = faults;
            this.accounts = accounts;
        }

        /// <summary>Whether the platform has its broker.</summary>
        public bool IsUp { get; private set; } = true;

        /// <summary>From now on it is this that hears, and first how the connection stands; null: nobody.</summary>
        public void SetListener(IPlatformEvents heard)
        {
            events = heard;
            if (heard != null)
            {
                TellStanding(true);
            }
        }

        public void SetUp(bool up)
        {
            IsUp = up;
            TellStanding(false);
        }

        public ConnectionReport ReportOf(string account) => ReportOf(account, false);

        /// <summary>Something happened at the broker.</summary>
        /// <param name="channel">within it the order is kept</param>
        /// <param name="what">tells it</param>
        public void Tell(string channel, Action<IPlatformEvents> what)
        {
            if (IsUp && !faults.LosesEvent())
            {
                TellAlways(channel, what);
            }
        }

        /// <summary>The platform itself says something, connected or not.</summary>
        public void TellAlways(string channel, Action<IPlatformEvents> what)
        {
            schedule.Add(channel, () =>
            {
                if (events != null)
                {
                    what(events);
                }
            });
        }

        /// <summary>A quote, which comes another way than the broker's words: at once, connected or not.</summary>
        public void Tell(PlatformQuote quote)
        {
            events?.OnQuote(quote);
        }

        private ConnectionReport ReportOf(string account, bool stoodBefore) =>
            new ConnectionReport(account, IsUp, IsUp, clock.Now, stoodBefore);

        private void TellStanding(bool stoodBefore)
        {
            foreach (string account in accounts)
            {
                ConnectionReport report = ReportOf(account, stoodBefore);
                TellAlways(Channel, heard => heard.OnConnection(report));
            }
        }
    }
}
