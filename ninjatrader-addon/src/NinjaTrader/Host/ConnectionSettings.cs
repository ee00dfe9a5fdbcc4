namespace Tickbridge.Host
{
    using System;
    using System.Collections.Generic;
    using System.Globalization;
    using System.IO;
    using System.Linq;
    using System.Text;
    using Tickbridge.Core;

    /// <summary>Where the gateway is and how we show who we are: connection.txt of the data folder. Cold path.</summary>
    public sealed class ConnectionSettings
    {
        /// <summary>Names, and what each means, for the file. README.md lists the same; a test holds them together.</summary>
        public static readonly IList<KeyValuePair<string, string>> Meanings = new[]
        {
            Means("host", "name or address of the gateway; the window writes it"),
            Means("port", "the gateway's link.port; the window writes it"),
            Means("name", "by which the gateway knows this add-on; with a certificate its name counts instead"),
            Means("idle", "how the link waits: block, yield or spin, which takes a core"),
            Means("key.file", "file with the key; the window writes the file"),
            Means("tls.bundle", "NAME.p12 of `tickbridge keys client`; empty: the one that lies here, and without one the key"),
            Means("tls.password", "of that file, as plain text; the window writes it"),
            Means("tls.authority", "the gateway's ca.pem")
        };

        /// <summary>Name or address of the gateway's host.</summary>
        public string Host { get; set; } = "";

        public int Port { get; set; } = 7411;

        /// <summary>Who we are in the gateway's log.</summary>
        public string Name { get; set; } = "ninjatrader";

        public IdleMode Idle { get; set; } = IdleMode.Block;

        /// <summary>File with the shared key, relative to the data folder; not read with a certificate.</summary>
        public string KeyFile { get; set; } = "link.key";

        /// <summary>NAME.p12 of `tickbridge keys client`, relative to the data folder; empty: no TLS.</summary>
        public string TlsBundle { get; set; } = "";

        public string TlsPassword { get; set; } = "";

        /// <summary>ca.pem of the gateway, relative to the data folder.</summary>
        public string TlsAuthority { get; set; } = "ca.pem";

        /// <summary>Reads the file.</summary>
        /// <exception cref="FormatException">A line is wrong: which, and what is allowed.</exception>
        /// <exception cref="IOException">It cannot be read.</exception>
        public static ConnectionSettings Read(string path)
        {
            var settings = new ConnectionSettings();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            int number = 0;
            foreach (string raw in File.ReadAllLines(path))
            {
                number++;
                string line = raw.Trim();
                if (line.Length > 0 && line[0] != '#')
                {
                    settings.Take(line, seen, path + " line " + number + ": ");
                }
            }
            return settings;
        }

        public void Write(string path)
        {
            var text = new StringBuilder("# The gateway that Tickbridge connects to. Paths are relative to this file.\r\n");
            foreach (KeyValuePair<string, string> setting in Meanings)
            {
                text.Append("\r\n# ").Append(setting.Value).Append("\r\n").Append(setting.Key).Append(" = ")
                    .Append(ValueOf(setting.Key)).Append("\r\n");
            }
            // Replaced in one step: a file cut off in the middle must not be found at the next start.
            string half = path + ".new";
            File.WriteAllText(half, text.ToString(), new UTF8Encoding(false));
            if (File.Exists(path))
            {
                File.Replace(half, path, null);
            }
            else
            {
                File.Move(half, path);
            }
        }

        /// <summary>Options of the link, with key and certificates read.</summary>
        /// <exception cref="FormatException">The key or the host is wrong.</exception>
        /// <exception cref="IOException">A file cannot be read.</exception>
        public LinkOptions ToLink(string folder)
        {
            if (Host.Length == 0)
            {
                throw new FormatException("the gateway's host is not set");
            }
            if (TlsBundle.Length == 0 && !File.Exists(Path.Combine(folder, KeyFile)))
            {
                throw new FormatException("neither a certificate (.p12) nor the key " + KeyFile + " is in " + folder
                    + "; copy the certificate and ca.pem there and type its password, or type the key, and press Connect");
            }
            if (TlsBundle.Length > 0 && !File.Exists(Path.Combine(folder, TlsAuthority)))
            {
                throw new FormatException("there is no " + Path.Combine(folder, TlsAuthority) + "; copy the gateway's ca.pem "
                    + "there, beside " + TlsBundle + ", and press Connect");
            }
            TlsIdentity tls = TlsBundle.Length == 0
                ? null
                : TlsIdentity.FromFiles(Path.Combine(folder, TlsBundle), TlsPassword, Path.Combine(folder, TlsAuthority));
            return new LinkOptions
            {
                Host = Host,
                Port = Port,
                // With a certificate the gateway knows us by the name that it was made for.
                ClientName = tls == null ? Name : tls.Name,
                Idle = Idle,
                Key = tls == null ? PreSharedKey.FromFile(Path.Combine(folder, KeyFile)) : null,
                Tls = tls
            };
        }

        private void Take(string line, ISet<string> seen, string where)
        {
            int equals = line.IndexOf('=');
            string name = equals < 0 ? line : line.Substring(0, equals).Trim();
            string[] known = Meanings.Select(setting => setting.Key).ToArray();
            if (equals < 0 || Array.IndexOf(known, name) < 0)
            {
                throw new FormatException(where + "'" + name + "' is no setting; allowed are "
                    + string.Join(", ", known));
            }
            if (!seen.Add(name))
            {
                throw new FormatException(where + name + " is set twice; keep one");
            }
            Set(name, line.Substring(equals + 1).Trim(), where);
        }

        private void Set(string name, string value, string where)
        {
            switch (name)
            {
                case "host": Host = value; break;
                case "port": Port = ParsePort(value, where); break;
                case "name": Name = value; break;
                case "idle": Idle = ParseIdle(value, where); break;
                case "key.file": KeyFile = value; break;
                case "tls.bundle": TlsBundle = value; break;
                case "tls.password": TlsPassword = value; break;
                default: TlsAuthority = value; break;
            }
        }

        private string ValueOf(string name)
        {
            switch (name)
            {
                case "host": return Host;
                case "port": return Port.ToString(CultureInfo.InvariantCulture);
                case "name": return Name;
                case "idle": return Idle.ToString().ToLowerInvariant();
                case "key.file": return KeyFile;
                case "tls.bundle": return TlsBundle;
                case "tls.password": return TlsPassword;
                default: return TlsAuthority;
            }
        }

        /// <exception cref="FormatException">It is no port.</exception>
        public static int ParsePort(string value, string where)
        {
            int port;
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port < 1
                || port > 65535)
            {
                throw new FormatException(where + "port " + value + ": allowed is a whole number from 1 to 65535");
            }
            return port;
        }

        private static KeyValuePair<string, string> Means(string name, string meaning) =>
            new KeyValuePair<string, string>(name, meaning);

        private static IdleMode ParseIdle(string value, string where)
        {
            switch (value)
            {
                case "spin": return IdleMode.Spin;
                case "yield": return IdleMode.Yield;
                case "block": return IdleMode.Block;
                default: throw new FormatException(where + "idle " + value + ": allowed are spin, yield and block");
            }
        }
    }
}
