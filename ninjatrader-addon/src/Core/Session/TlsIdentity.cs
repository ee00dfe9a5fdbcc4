using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tickbridge.Core
{
    /// <summary>
    /// What this add-on shows the gateway, and whom it trusts: the two files that `tickbridge keys client` makes.
    /// Immutable.
    /// </summary>
    public sealed class TlsIdentity
    {
        private TlsIdentity(X509Certificate2 own, X509Certificate2 authority)
        {
            Own = own;
            Authority = authority;
        }

        internal X509Certificate2 Own { get; }

        internal X509Certificate2 Authority { get; }

        /// <summary>The name that the certificate was made for, by which the gateway knows us.</summary>
        public string Name => Own.GetNameInfo(X509NameType.SimpleName, false);

        /// <summary>When the certificate expires, in local time: warn 30 days before.</summary>
        public DateTime Expires => Own.NotAfter;

        /// <summary>Reads the files.</summary>
        /// <param name="bundle">NAME.p12</param>
        /// <param name="password">of the bundle</param>
        /// <param name="authority">ca.pem, or the same as DER</param>
        /// <exception cref="IOException">A file cannot be read or used, with which and why.</exception>
        public static TlsIdentity FromFiles(string bundle, string password, string authority)
        {
            X509Certificate2 own = Read(bundle, password, "its password may be wrong");
            if (!own.HasPrivateKey)
            {
                throw new IOException(bundle + ": holds no private key");
            }
            return new TlsIdentity(own, Read(authority, null, "needed is ca.pem of the gateway"));
        }

        private static X509Certificate2 Read(string file, string password, string hint)
        {
            try
            {
                byte[] bytes = File.ReadAllBytes(file);
                return password == null ? new X509Certificate2(bytes) : new X509Certificate2(bytes, password);
            }
            catch (CryptographicException e)
            {
                throw new IOException(file + ": cannot be used, " + hint + ": " + e.Message, e);
            }
        }
    }
}
