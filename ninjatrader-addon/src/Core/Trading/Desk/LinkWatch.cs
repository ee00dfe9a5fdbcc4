using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>What the link's absence does to what is open, and the loss of the right to trade. Trading thread.</summary>
    internal sealed class LinkWatch
    {
        private const long Second = 1000000000;

        private readonly TradingSettings settings;
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly BracketExecutor executor;
        private readonly KillSwitch kill;
        private readonly Leftovers leftovers;

        /// <summary>Accounts where something of ours was armed or open when the link was lost: closed once, if at all.</summary>
        private AccountBook[] concerned = new AccountBook[0];

        private long rightsLostAt;

        public LinkWatch(TradingSettings settings, TradingState state, ITradeSupervisor supervisor,
            BracketExecutor executor, KillSwitch kill, Leftovers leftovers)
        {
            this.leftovers = leftovers;
            this.settings = settings;
            this.state = state;
            this.supervisor = supervisor;
            this.executor = executor;
            this.kill = kill;
        }

        /// <summary>What a person opens from now on, where nothing of ours is, is his.</summary>
        public void OnLost()
        {
            concerned = state.Books.Where(IsOurs).ToArray();
        }

        public void OnRestored()
        {
            concerned = new AccountBook[0];
        }

        public void WatchLink()
        {
            bool linkIsDown = state.LinkLostAt != 0;
            if (!state.IsArmed || linkIsDown)
            {
                executor.CancelEntries();
            }
            if (linkIsDown && settings.LinkLossFlattenAfter > 0
                && supervisor.Now - state.LinkLostAt >= settings.LinkLossFlattenAfter)
            {
                FlattenForLink();
            }
        }

        /// <summary>
        /// The gate refuses at once what the gateway does not allow. A link that was just restored tells it a moment
        /// after it stands, so disarming waits for that.
        /// </summary>
        public void WatchRights(long now)
        {
            bool isWithdrawn = state.IsArmed && state.Mode == TradingMode.Live && state.LinkSession.HasValue
                && state.Rights != PeerRights.Trade;
            if (!isWithdrawn)
            {
                rightsLostAt = 0;
            }
            else if (rightsLostAt == 0)
            {
                rightsLostAt = now;
            }
            else if (now - rightsLostAt >= Second)
            {
                supervisor.Disarm("the gateway lets this add-on only view: its right to trade was taken away");
            }
        }

        private void FlattenForLink()
        {
            AccountBook[] closing = concerned;
            concerned = new AccountBook[0];
            // All of them before the first is closed: disarming changes whose they are.
            foreach (AccountBook book in closing.Where(book => IsOurs(book) && !kill.IsFlattening(book)
                && state.IsTouched(book)).ToArray())
            {
                supervisor.Disarm("the link was away for " + settings.LinkLossFlattenAfter / Second + " s");
                kill.Flatten(book);
            }
        }

        private bool IsOurs(AccountBook book) => state.IsArmed && state.Active == book || leftovers.IsLeft(book)
            || executor.Trades.Any(trade => trade.Book == book);
    }
}
