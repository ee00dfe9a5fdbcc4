namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Takes everything that trading decides and everything that becomes of it: the link carries it to the gateway's
    /// journal, the window shows it. Called on the trading thread, one at a time, after the local audit log has it.
    /// </summary>
    /// <remarks>
    /// It must return at once: what sends, queues. It must not call back into trading other than by posting. What it
    /// throws is counted and noted; it neither stops nor delays trading. Objects may be kept: nobody changes them.
    /// </remarks>
    public interface IDecisionSink
    {
        void OnDecision(Decision decision);

        /// <summary>State of an order on an account that is traded, ours or another's.</summary>
        void OnOrder(OrderReport order);

        /// <summary>A fill on an account that is traded; each once.</summary>
        void OnExecution(ExecutionReport execution);

        void OnPosition(PositionReport position);

        void OnNotice(TradingNotice notice);
    }
}
