using System;
using System.Collections.Generic;
using System.Globalization;
using Tickbridge.Core;

namespace Tickbridge.ConsoleHost
{
    /// <summary>The command line.</summary>
    internal sealed class ConsoleOptions
    {
        public const string Usage =
@"Usage: tickbridge-console --port PORT --key-file FILE [options]
       tickbridge-console --port PORT --tls-bundle FILE --tls-password-file FILE --tls-authority FILE [options]

Connects to a Tickbridge gateway and prints every signal as one line:
number, exchange time (UTC), rule, instrument, side, bid, ask, value, age.

  --host HOST          gateway's host name or address (127.0.0.1)
  --port PORT          gateway's TCP port
  --key-file FILE      file with the shared key: at least 64 hexadecimal digits
  --tls-bundle FILE    NAME.p12, as `tickbridge keys client` makes it; the name is the certificate's
  --tls-password-file FILE  holds the bundle's password
  --tls-authority FILE  ca.pem of the gateway
  --report             answer each signal with the report of a dry-run order, for tests and benchmarks
  --name NAME          who we are, in the gateway's log; at most 32 characters (console)
  --idle MODE          while nothing comes: spin, yield or block (block)
  --from NUMBER        first sequenced frame wanted: 0 what comes from now on, 1 all
                       that the gateway still has of its run (0)
  --longest-retry MS   longest wait between two attempts to connect (5000)
  --bodies FILE        write the 64 bytes of each signal body to FILE, in hexadecimal,
                       one a line
  --quotes             print quotes, trades and instrument states too
  --quiet              print no line for each message, only the summary
  --count N            end after N signals; exit code 1 if they do not come
  --seconds S          end after S seconds
  --status-file FILE   rewrite FILE every second with counts and latencies as JSON
  --summary-json FILE  write the summary as JSON at the end
  --trade-simulated    take the signals through the risk gate and the order executor against
                       a simulated account filled from the link's quotes
  --commands           do not arm, and take commands from standard input, one a line: arm ACCOUNT,
                       disarm, kill, release kill, and what goes wrong; README.md lists them
  --limits FILE        the add-on's limits; needed to trade, as no instrument is allowed
                       without it
  --audit-folder DIR   where the audit log is written (audit.folder of the limits)
  --verify-audit FILE  check one file of an audit log and end; nothing else is needed
  --help               print this

Messages about the connection go to standard error. Ends on SIGINT and SIGTERM.
Exit code: 0 ok; 1 failed: never logged on, key or version refused, frames missing that the
gateway did not account for, fewer signals than --count, or a file not to be written; 2 usage.";

        private readonly Dictionary<string, Action<string>> withValue;
        private readonly Dictionary<string, Action> flags;

        private ConsoleOptions()
        {
            withValue = new Dictionary<string, Action<string>>
            {
                { "--host", value => Link.Host = value },
                { "--port", value => Link.Port = (int)Number("--port", value, 1, 65535) },
                { "--key-file", value => KeyFile = value },
                { "--tls-bundle", value => TlsBundle = value },
                { "--tls-password-file", value => TlsPasswordFile = value },
                { "--tls-authority", value => TlsAuthority = value },
                { "--name", value => Link.ClientName = value },
                { "--idle", value => Link.Idle = ParseIdle(value) },
                { "--from", value => Link.FirstSequence = (ulong)Number("--from", value, 0, long.MaxValue) },
                {
                    "--longest-retry", value => Link.LongestRetry =
                        TimeSpan.FromMilliseconds(Number("--longest-retry", value, 1, 3600000))
                },
                { "--bodies", value => BodyFile = value },
                { "--count", value => Count = Number("--count", value, 1, long.MaxValue) },
                { "--seconds", value => Seconds = Number("--seconds", value, 1, 10000000) },
                { "--status-file", value => StatusFile = value },
                { "--summary-json", value => SummaryFile = value },
                { "--limits", value => LimitsFile = value },
                { "--audit-folder", value => AuditFolder = value },
                { "--verify-audit", value => AuditToVerify = value }
            };
            flags = new Dictionary<string, Action>
            {
                { "--quotes", () => PrintsMarket = true },
                { "--report", () => Reports = true },
                { "--quiet", () => IsQuiet = true },
                { "--trade-simulated", () => IsTrading = true },
                { "--commands", () => TakesCommands = true },
                { "--help", () => IsHelp = true }
            };
        }

        public LinkOptions Link { get; } = new LinkOptions { ClientName = "console", Idle = IdleMode.Block };

        public string KeyFile { get; private set; }

        public string TlsBundle { get; private set; }

        public string TlsPasswordFile { get; private set; }

        public string TlsAuthority { get; private set; }

        public bool Reports { get; private set; }

        public string BodyFile { get; private set; }

        public string StatusFile { get; private set; }

        public string SummaryFile { get; private set; }

        /// <summary>The add-on's limits; null: the defaults.</summary>
        public string LimitsFile { get; private set; }

        /// <summary>null: as the limits say.</summary>
        public string AuditFolder { get; private set; }

        /// <summary>A file of an audit log to check; null: none.</summary>
        public string AuditToVerify { get; private set; }

        public bool IsTrading { get; private set; }

        /// <summary>Trading is armed and disturbed from standard input.</summary>
        public bool TakesCommands { get; private set; }

        public bool PrintsMarket { get; private set; }

        public bool IsQuiet { get; private set; }

        public bool IsHelp { get; private set; }

        /// <summary>Signals to end after; 0: no end.</summary>
        public long Count { get; private set; }

        /// <summary>Seconds to end after; 0: no end.</summary>
        public long Seconds { get; private set; }

        /// <exception cref="ArgumentException">What is wrong with the command line.</exception>
        public static ConsoleOptions Parse(string[] arguments)
        {
            var options = new ConsoleOptions();
            for (int i = 0; i < arguments.Length; i++)
            {
                options.Take(arguments, ref i);
            }
            if (!options.IsHelp && options.AuditToVerify == null)
            {
                Require("--port", options.Link.Port == 0 ? null : "");
                if (options.TakesCommands && !options.IsTrading)
                {
                    throw new ArgumentException("--commands needs --trade-simulated: there is nothing else to command");
                }
                if (options.TlsBundle == null)
                {
                    Require("--key-file", options.KeyFile);
                }
                else
                {
                    Require("--tls-password-file", options.TlsPasswordFile);
                    Require("--tls-authority", options.TlsAuthority);
                }
            }
            return options;
        }

        private void Take(string[] arguments, ref int i)
        {
            string name = arguments[i];
            Action flag;
            Action<string> option;
            if (flags.TryGetValue(name, out flag))
            {
                flag();
                return;
            }
            if (!withValue.TryGetValue(name, out option))
            {
                throw new ArgumentException("unknown option " + name);
            }
            if (++i == arguments.Length)
            {
                throw new ArgumentException(name + " needs a value");
            }
            option(arguments[i]);
        }

        private static void Require(string name, string value)
        {
            if (value == null)
            {
                throw new ArgumentException(name + " is missing");
            }
        }

        private static long Number(string name, string value, long lowest, long highest)
        {
            long number;
            if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number)
                || number < lowest || number > highest)
            {
                throw new ArgumentException(name + " " + value + ": allowed is a whole number from " + lowest
                    + (highest == long.MaxValue ? "" : " to " + highest));
            }
            return number;
        }

        private static IdleMode ParseIdle(string value)
        {
            switch (value)
            {
                case "spin": return IdleMode.Spin;
                case "yield": return IdleMode.Yield;
                case "block": return IdleMode.Block;
                default: throw new ArgumentException("--idle " + value + ": allowed are spin, yield and block");
            }
        }
    }
}
