using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Follows the chain of hashes through a file's lines as they stand there, byte by byte: what is no UTF-8 any more
    /// shows too. One thread.
    /// </summary>
    internal sealed class AuditChain : IDisposable
    {
        private const string Digits = "0123456789abcdef";

        private readonly SHA256 sha = SHA256.Create();

        /// <summary>The hash before, a line's end, and the line: what a hash is over.</summary>
        private byte[] hashed = new byte[4096];

        /// <summary>Number of the last good line.</summary>
        public long Number { get; private set; }

        /// <summary>Hash of the last good line; null: there was none.</summary>
        public string LastHash { get; private set; }

        /// <summary>Takes the next line.</summary>
        /// <returns>what is wrong with it; null: nothing</returns>
        public string Take(byte[] bytes, int start, int length)
        {
            int last = Array.LastIndexOf(bytes, (byte)AuditLine.Separator, Math.Max(start, start + length - 1), length);
            int first = Array.IndexOf(bytes, (byte)AuditLine.Separator, start, length);
            long found;
            if (first < 0 || !long.TryParse(Encoding.UTF8.GetString(bytes, start, first - start), NumberStyles.None,
                CultureInfo.InvariantCulture, out found))
            {
                return "no line of an audit log";
            }
            string before = LastHash
                ?? AuditLine.ValueOf(Encoding.UTF8.GetString(bytes, start, length), "previousHash");
            if (before == null)
            {
                return "the file does not begin with its header";
            }
            if (LastHash != null && found != Number + 1)
            {
                return "number " + found + " follows " + Number;
            }
            string hash = Hash(before, bytes, start, last - start);
            if (!IsText(hash, bytes, last + 1, start + length))
            {
                return "the hash does not fit: the line or one before it was changed";
            }
            Number = found;
            LastHash = hash;
            return null;
        }

        public void Dispose()
        {
            sha.Dispose();
        }

        private string Hash(string before, byte[] bytes, int start, int length)
        {
            int prefix = Encoding.UTF8.GetByteCount(before) + 1;
            if (hashed.Length < prefix + length)
            {
                hashed = new byte[2 * (prefix + length)];
            }
            Encoding.UTF8.GetBytes(before, 0, before.Length, hashed, 0);
            hashed[prefix - 1] = (byte)'\n';
            Buffer.BlockCopy(bytes, start, hashed, prefix, length);
            byte[] digest = sha.ComputeHash(hashed, 0, prefix + length);
            var text = new char[2 * digest.Length];
            for (int i = 0; i < digest.Length; i++)
            {
                text[2 * i] = Digits[digest[i] >> 4];
                text[2 * i + 1] = Digits[digest[i] & 15];
            }
            return new string(text);
        }

        private static bool IsText(string text, byte[] bytes, int start, int end)
        {
            if (end - start != text.Length)
            {
                return false;
            }
            for (int i = 0; i < text.Length; i++)
            {
                if (bytes[start + i] != text[i])
                {
                    return false;
                }
            }
            return true;
        }
    }
}
