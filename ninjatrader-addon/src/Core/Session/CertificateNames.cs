using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tickbridge.Core
{
    /// <summary>
    /// The hosts that a certificate is good for: the dNSName and iPAddress entries of its subject alternative name (RFC
    /// 5280 section 4.2.1.6), compared whole; the subject's common name does not count (RFC 6125 section 6.4.4), nor do
    /// wildcards, which our authority never issues.
    /// </summary>
    internal sealed class CertificateNames
    {
        private const string SubjectAlternativeName = "2.5.29.17";

        // Tags of GeneralName's choices, context-specific and primitive, and of the SEQUENCE around them (ITU-T X.690).
        private const byte Sequence = 0x30;
        private const byte DnsName = 0x82;
        private const byte IpAddress = 0x87;
        private const byte LongLength = 0x80;

        private readonly List<string> names = new List<string>();
        private readonly List<IPAddress> addresses = new List<IPAddress>();

        public CertificateNames(X509Certificate2 certificate)
        {
            foreach (X509Extension extension in certificate.Extensions)
            {
                if (extension.Oid.Value == SubjectAlternativeName)
                {
                    Read(extension.RawData);
                }
            }
        }

        /// <summary>Of the extension's value alone: for tests.</summary>
        internal CertificateNames(byte[] extension)
        {
            Read(extension);
        }

        public bool Include(string host)
        {
            IPAddress address;
            return IPAddress.TryParse(host, out address)
                ? addresses.Contains(address)
                : names.Any(name => string.Equals(name, host.TrimEnd('.'), StringComparison.OrdinalIgnoreCase));
        }

        public override string ToString() => names.Count + addresses.Count == 0
            ? "none"
            : string.Join(", ", names.Concat(addresses.Select(address => address.ToString())));

        /// <summary>What is not of its form names no host.</summary>
        private void Read(byte[] bytes)
        {
            int at = 0;
            int length;
            if (bytes.Length == 0 || bytes[at++] != Sequence || !TakeLength(bytes, ref at, out length)
                || at + length != bytes.Length)
            {
                return;
            }
            while (at < bytes.Length)
            {
                byte tag = bytes[at++];
                if (!TakeLength(bytes, ref at, out length))
                {
                    return;
                }
                if (tag == DnsName)
                {
                    names.Add(Encoding.ASCII.GetString(bytes, at, length));
                }
                else if (tag == IpAddress && (length == 4 || length == 16))
                {
                    addresses.Add(new IPAddress(bytes.Skip(at).Take(length).ToArray()));
                }
                at += length;
            }
        }

        private static bool TakeLength(byte[] bytes, ref int at, out int length)
        {
            length = 0;
            if (at >= bytes.Length)
            {
                return false;
            }
            int first = bytes[at++];
            length = first;
            if ((first & LongLength) != 0)
            {
                length = 0;
                // More than two bytes of length would be a name of more than 64 KiB.
                int count = first & ~LongLength;
                if (count == 0 || count > 2 || at + count > bytes.Length)
                {
                    return false;
                }
                for (int i = 0; i < count; i++)
                {
                    length = length << 8 | bytes[at++];
                }
            }
            return length <= bytes.Length - at;
        }
    }
}
