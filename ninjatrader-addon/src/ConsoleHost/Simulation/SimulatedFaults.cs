using System;
using Tickbridge.Core.Trading;

namespace Tickbridge.ConsoleHost
{
    /// <summary>What goes wrong at the simulated broker; by default nothing does.</summary>
    internal sealed class SimulatedFaults
    {
        /// <summary>Whether an order is rejected.</summary>
        public Func<OrderTicket, bool> Rejects { get; set; } = ticket => false;

        /// <summary>Whether a cancel is refused.</summary>
        public Func<bool> RefusesCancel { get; set; } = () => false;

        /// <summary>Whether a change is refused.</summary>
        public Func<bool> RefusesChange { get; set; } = () => false;

        /// <summary>Whether a request is never done and never answered.</summary>
        public Func<OrderRequest, bool> DropsRequest { get; set; } = request => false;

        /// <summary>How much of what could fill does so in one piece.</summary>
        public Func<int, int> FillOf { get; set; } = quantity => quantity;

        /// <summary>Whether an event gets lost on its way to us.</summary>
        public Func<bool> LosesEvent { get; set; } = () => false;

        /// <summary>Whether a question for orders and positions waits for its answer.</summary>
        public Func<bool> HoldsAnswers { get; set; } = () => false;

        /// <summary>Whether the first fill, not only the last, cancels the rest of an OCO group.</summary>
        public bool OcoOnFirstFill { get; set; }
    }
}
