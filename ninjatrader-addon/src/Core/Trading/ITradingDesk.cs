using System;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// What a window, a strategy and the link do to trading. Any thread; nothing blocks: requests are queued to the
    /// trading thread, which answers by callback on that thread, through Status and through IDecisionSink.
    /// </summary>
    public interface ITradingDesk
    {
        /// <summary>What a window shows; a fresh immutable object after each change.</summary>
        TradingStatus Status { get; }

        /// <summary>
        /// Asks to trade on an account. Reconciles with the platform first. Live wants the confirmation typed:
        /// LiveConfirmation of the account's name, letter by letter. A restart begins disarmed in any case.
        /// </summary>
        /// <param name="mode">DryRun disarms, and judges as in a dry run once nothing of this run is open</param>
        /// <param name="account">exact name, of the settings' list for the mode</param>
        /// <param name="confirmation">what the person typed; not looked at for a simulation</param>
        /// <param name="answered">null when armed, otherwise why not; on the trading thread; may be null</param>
        void Arm(TradingMode mode, string account, string confirmation, Action<string> answered);

        /// <summary>No new entries. Working entries are cancelled; positions keep their stops.</summary>
        void Disarm(string reason);

        /// <summary>
        /// Latches the kill switch: no entries, cancel all, flatten, verify, retry, and alarm if it stays open, on every
        /// account of the settings. Works in every mode and state, also after a restart and with nothing armed.
        /// </summary>
        void Kill(string reason);

        /// <summary>
        /// Unlatches the kill switch once everything is flat. Trading stays disarmed until armed again.
        /// </summary>
        /// <param name="answered">null when unlatched, otherwise why not; on the trading thread; may be null</param>
        void ClearKill(Action<string> answered);

        /// <summary>An instrument of the gateway: its quotes on the platform are watched from now on.</summary>
        void OnInstrument(Venue venue, ulong key, string symbol);

        /// <summary>A signal, with what must be known of it; takes the values and returns.</summary>
        void OnSignal(SignalNotice signal);

        /// <summary>Whether the gateway vouches for an instrument's book now.</summary>
        void OnInstrumentState(Venue venue, ulong key, BookState state);

        /// <summary>The link is logged on to a session of the gateway.</summary>
        void OnLinkUp(ulong session);

        /// <summary>The link is gone: no instrument is trusted, and the countdown to flatten begins.</summary>
        void OnLinkDown(string reason);
    }
}
