namespace Tickbridge.Host
{
    using System;
    using System.IO;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;

    /// <summary>
    /// The folder with what a person sets: connection, limits, key or certificate. It is read anew each time: people edit
    /// these files while Tickbridge runs. Cold path.
    /// </summary>
    internal sealed class DataFolder
    {
        public const string ConnectionFile = "connection.txt";
        public const string LimitsFile = "limits.txt";

        public DataFolder(string path)
        {
            Path = path;
        }

        public string Path { get; }

        /// <summary>Makes the folder, and files with every setting at its default where there are none.</summary>
        /// <exception cref="IOException">It cannot be written.</exception>
        public void Prepare()
        {
            Directory.CreateDirectory(Path);
            if (!File.Exists(In(LimitsFile)))
            {
                File.WriteAllText(In(LimitsFile), SettingsFile.Template().Replace("\n", Environment.NewLine));
            }
            if (!File.Exists(In(ConnectionFile)))
            {
                new ConnectionSettings().Write(In(ConnectionFile));
            }
        }

        /// <exception cref="FormatException">A line is wrong: which, and what is allowed.</exception>
        public TradingSettings Limits() => SettingsFile.Read(In(LimitsFile));

        /// <summary>As in the file, defaults when there is none; with the certificate that lies there.</summary>
        /// <exception cref="FormatException">A line is wrong: which, and what is allowed.</exception>
        public ConnectionSettings Connection()
        {
            ConnectionSettings settings = Written();
            settings.TlsBundle = CertificateOf(settings);
            return settings;
        }

        /// <summary>Puts what was typed into the files; what else they say stays.</summary>
        /// <param name="host">name or address</param>
        /// <param name="port">as typed</param>
        /// <param name="secret">the password of the certificate where there is one, else the key; empty: stays</param>
        /// <exception cref="FormatException">What is wrong, and what to do; nothing was changed then.</exception>
        public void Save(string host, string port, string secret)
        {
            Prepare();
            ConnectionSettings settings = Written();
            settings.Host = host.Trim();
            settings.Port = ConnectionSettings.ParsePort(port.Trim(), "");
            string typed = secret.Trim();
            // The one that was found is not written down: it may be renewed under another name, or taken away for a key.
            if (CertificateOf(settings).Length > 0)
            {
                settings.TlsPassword = typed.Length == 0 ? settings.TlsPassword : typed;
            }
            else if (typed.Length > 0)
            {
                CheckKey(typed);
                File.WriteAllText(In(settings.KeyFile), typed + Environment.NewLine);
            }
            settings.Write(In(ConnectionFile));
        }

        private string In(string name) => System.IO.Path.Combine(Path, name);

        private ConnectionSettings Written() =>
            File.Exists(In(ConnectionFile)) ? ConnectionSettings.Read(In(ConnectionFile)) : new ConnectionSettings();

        /// <summary>A person copies NAME.p12 into the folder and need not name it anywhere.</summary>
        /// <returns>its name; empty: there is none</returns>
        private string CertificateOf(ConnectionSettings settings)
        {
            if (settings.TlsBundle.Length == 0)
            {
                string[] bundles = Directory.GetFiles(Path, "*.p12");
                if (bundles.Length > 1)
                {
                    throw new FormatException(Path + " holds " + bundles.Length
                        + " certificates (.p12); leave one there, or name one in " + ConnectionFile + ": tls.bundle = NAME.p12");
                }
                return bundles.Length == 0 ? "" : System.IO.Path.GetFileName(bundles[0]);
            }
            if (!File.Exists(In(settings.TlsBundle)))
            {
                throw new FormatException("there is no " + In(settings.TlsBundle)
                    + "; copy it there, or empty tls.bundle in " + ConnectionFile);
            }
            return settings.TlsBundle;
        }

        /// <summary>Who forgot to copy the certificate types its password where a key is looked for.</summary>
        private void CheckKey(string typed)
        {
            try
            {
                PreSharedKey.Parse(typed);
            }
            catch (FormatException e)
            {
                throw new FormatException("there is no certificate (.p12) in " + Path + ", so what was typed is taken for a key: "
                    + e.Message + "; copy the certificate and ca.pem there, or paste the key whole", e);
            }
        }
    }
}
