using System;
using System.IO;
using System.Threading;
using Tickbridge.Core;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// Prints what the link brings, and knows when it is enough. Link thread, but for Flush and Done.
    /// </summary>
    internal sealed class ConsoleListener : ILinkListener
    {
        private readonly ConsoleOptions options;
        private readonly LineOutput output;
        private readonly SignalBodies bodies;
        private readonly TextWriter log;
        private readonly ManualResetEvent done = new ManualResetEvent(false);
        private readonly OrderEvent order = new OrderEvent
        {
            Mode = TradingMode.DryRun, OrderType = OrderType.Limit, State = OrderState.Submitted,
            TimeInForce = TimeInForce.Day, Role = OrderRole.Entry, Quantity = 1, Account = "console", Text = "dry run"
        };
        private LinkClient link;
        private MessageLine line;
        private long signals;

        /// <param name="options">the command line</param>
        /// <param name="output">for messages</param>
        /// <param name="bodies">for signal bodies; may be null</param>
        /// <param name="log">for words about the connection</param>
        public ConsoleListener(ConsoleOptions options, LineOutput output, SignalBodies bodies, TextWriter log)
        {
            this.options = options;
            this.output = output;
            this.bodies = bodies;
            this.log = log;
        }

        /// <summary>Set when enough signals came or going on is hopeless.</summary>
        public WaitHandle Done => done;

        /// <summary>Signals printed.</summary>
        public long Signals => Volatile.Read(ref signals);

        /// <summary>Why going on is hopeless; null if it is not.</summary>
        public string Hopeless { get; private set; }

        /// <summary>Told once before the link starts.</summary>
        public void Attach(LinkClient client)
        {
            link = client;
            line = new MessageLine(client);
        }

        public void OnConnected(LogonAccepted logon)
        {
            log.WriteLine("connected: session " + logon.Session + ", next frame " + logon.NextSequence);
        }

        public void OnDisconnected(Disconnection disconnection)
        {
            string retry = disconnection.RetryIn.HasValue
                ? "; trying again in " + disconnection.RetryIn.Value.TotalSeconds + " s"
                : "";
            switch (disconnection.Reason)
            {
                case DisconnectReason.Stopped:
                    return;
                case DisconnectReason.GatewayNotAuthentic:
                case DisconnectReason.VersionNotSupported:
                    GiveUp(disconnection.Message);
                    return;
                case DisconnectReason.LogonRejected:
                    if (Hopeless == null)
                    {
                        log.WriteLine(disconnection.Message + retry);
                    }
                    return;
                default:
                    log.WriteLine(disconnection.Message + retry);
                    return;
            }
        }

        public void OnRejected(RejectReason reason, string text)
        {
            // A gateway that is full or slow may take us later; a wrong key stays wrong.
            if (reason == RejectReason.AuthenticationFailed || reason == RejectReason.VersionNotSupported
                || reason == RejectReason.NotPermitted)
            {
                GiveUp("the gateway refused the logon: " + reason + ": " + text);
            }
        }

        public void OnSignal(Signal signal)
        {
            if (options.Count > 0 && signals >= options.Count)
            {
                return;
            }
            if (options.Reports)
            {
                Report(signal);
            }
            if (bodies != null)
            {
                bodies.Write(signal);
            }
            if (!options.IsQuiet)
            {
                output.WriteLine(line.Of(signal));
            }
            Volatile.Write(ref signals, signals + 1);
            if (signals == options.Count)
            {
                done.Set();
            }
        }

        public void OnQuote(Quote quote)
        {
            if (options.PrintsMarket)
            {
                output.WriteLine(line.Of(quote));
            }
        }

        public void OnTrade(Trade trade)
        {
            if (options.PrintsMarket)
            {
                output.WriteLine(line.Of(trade));
            }
        }

        public void OnInstrument(InstrumentDefinition instrument)
        {
        }

        public void OnInstrumentState(InstrumentState state)
        {
            if (options.PrintsMarket)
            {
                output.WriteLine(line.Of(state));
            }
        }

        public void OnSignalDefinition(SignalDefinition definition)
        {
            log.WriteLine("rule " + definition.Rule + ": " + definition.Name + " " + definition.Parameters);
        }

        public void OnGap(SequenceRange gap)
        {
            log.WriteLine("missing frames: " + gap);
        }

        /// <summary>Shows what was gathered. Any thread.</summary>
        public void Flush()
        {
            output.Flush();
            if (bodies != null)
            {
                bodies.Flush();
            }
        }

        private void Report(Signal signal)
        {
            order.EventTime = signal.ArrivalTime;
            order.SignalSession = link.Sequence.Session;
            order.SignalSequence = signal.Sequence;
            order.Instrument = signal.Instrument;
            order.Venue = signal.Venue;
            order.Action = signal.Side == Side.Sell ? OrderAction.Sell : OrderAction.Buy;
            order.LimitPrice = signal.Side == Side.Sell ? signal.BidPrice : signal.AskPrice;
            link.Reporter.Report(order);
        }

        private void GiveUp(string why)
        {
            Hopeless = why;
            done.Set();
        }
    }
}
