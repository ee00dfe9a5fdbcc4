using System.Security.Cryptography;
using System.Text;

namespace Tickbridge.Core
{
    /// <summary>
    /// The keys that seal the frames of one connection: HKDF-SHA256 (RFC 5869), SPECIFICATION.md section 4a.
    /// </summary>
    internal sealed class SealKeys
    {
        private const byte FirstBlock = 1; // RFC 5869, section 2.3: one is enough for 32 bytes

        /// <param name="key">the shared key</param>
        /// <param name="serverNonce">32 bytes from Challenge</param>
        /// <param name="clientNonce">our own 32 random bytes</param>
        /// <param name="transcript">what was agreed: see LogonProof</param>
        public SealKeys(byte[] key, byte[] serverNonce, byte[] clientNonce, byte[] transcript)
        {
            var salt = new byte[serverNonce.Length + clientNonce.Length];
            serverNonce.CopyTo(salt, 0);
            clientNonce.CopyTo(salt, serverNonce.Length);
            byte[] extracted = Hmac(salt, key);
            Gateway = Expanded(extracted, "tickbridge frames gateway", transcript);
            Client = Expanded(extracted, "tickbridge frames client", transcript);
        }

        /// <summary>Of what the gateway sends.</summary>
        public byte[] Gateway { get; }

        /// <summary>Of what we send.</summary>
        public byte[] Client { get; }

        private static byte[] Expanded(byte[] key, string purpose, byte[] transcript)
        {
            var info = new byte[purpose.Length + transcript.Length + 1];
            Encoding.ASCII.GetBytes(purpose, 0, purpose.Length, info, 0);
            transcript.CopyTo(info, purpose.Length);
            info[info.Length - 1] = FirstBlock;
            return Hmac(key, info);
        }

        private static byte[] Hmac(byte[] key, byte[] text)
        {
            using (var hmac = new HMACSHA256(key))
            {
                return hmac.ComputeHash(text);
            }
        }
    }
}
