using System.Security.Cryptography;
using System.Text;

namespace Tickbridge.Core
{
    /// <summary>
    /// How each end shows that it holds the shared key without sending it. SPECIFICATION.md section 4.
    /// </summary>
    public static class LogonProof
    {
        // Two different texts, so that a gateway's proof can never be played back as a client's.
        private static readonly byte[] ClientText = Encoding.ASCII.GetBytes("tickbridge logon client 1");
        private static readonly byte[] GatewayText = Encoding.ASCII.GetBytes("tickbridge logon gateway 1");
        // Of those who seal: nobody who alters the challenge makes one end seal and the other not.
        private static readonly byte[] SealingClientText = Encoding.ASCII.GetBytes("tickbridge logon client 2");
        private static readonly byte[] SealingGatewayText = Encoding.ASCII.GetBytes("tickbridge logon gateway 2");

        /// <summary>The add-on's proof.</summary>
        /// <param name="key">the shared key</param>
        /// <param name="serverNonce">32 bytes from Challenge</param>
        /// <param name="clientNonce">our own 32 random bytes</param>
        /// <param name="clientName">32 bytes, NUL padded</param>
        /// <param name="transcript">of Transcript where the gateway seals frames; otherwise null</param>
        public static byte[] OfClient(byte[] key, byte[] serverNonce, byte[] clientNonce, byte[] clientName,
            byte[] transcript = null) =>
            transcript == null
                ? Authenticate(key, ClientText, serverNonce, clientNonce, clientName)
                : Authenticate(key, SealingClientText, serverNonce, clientNonce, clientName, transcript);

        /// <summary>The gateway's proof.</summary>
        /// <param name="key">the shared key</param>
        /// <param name="clientNonce">our own 32 random bytes</param>
        /// <param name="serverNonce">32 bytes from Challenge</param>
        /// <param name="session">from LogonAccepted</param>
        /// <param name="transcript">of Transcript where it seals frames; otherwise null</param>
        public static byte[] OfGateway(byte[] key, byte[] clientNonce, byte[] serverNonce, ulong session,
            byte[] transcript = null)
        {
            var sessionBytes = new byte[8];
            LittleEndian.WriteUInt64(sessionBytes, 0, session);
            return transcript == null
                ? Authenticate(key, GatewayText, clientNonce, serverNonce, sessionBytes)
                : Authenticate(key, SealingGatewayText, clientNonce, serverNonce, sessionBytes, transcript);
        }

        /// <summary>
        /// What the two ends said so far, in one digest: nobody in between alters a field of it unnoticed. SPECIFICATION.md section 4a.
        /// </summary>
        /// <param name="challenge">the whole frame, as received</param>
        /// <param name="logon">the whole frame, its proof still 0</param>
        public static byte[] Transcript(byte[] challenge, byte[] logon)
        {
            var sha = new Sha256();
            var digest = new byte[Sha256.DigestLength];
            sha.Reset();
            sha.Add(challenge, 0, challenge.Length);
            sha.Add(logon, 0, logon.Length);
            sha.Finish(digest);
            return digest;
        }

        /// <summary>Compares in a time that does not tell how much of it is right.</summary>
        public static bool Equal(byte[] one, byte[] other)
        {
            int difference = one.Length ^ other.Length;
            for (int i = 0; i < one.Length && i < other.Length; i++)
            {
                difference |= one[i] ^ other[i];
            }
            return difference == 0;
        }

        /// <summary>32 bytes from the cryptographic random number generator.</summary>
        public static byte[] NewNonce()
        {
            var nonce = new byte[LinkProtocol.NonceLength];
            using (RandomNumberGenerator random = RandomNumberGenerator.Create())
            {
                random.GetBytes(nonce);
            }
            return nonce;
        }

        /// <summary>A random number that is not 0.</summary>
        public static ulong NewNumber() => LittleEndian.ReadUInt64(NewNonce(), 0) | 1;

        private static byte[] Authenticate(byte[] key, params byte[][] parts)
        {
            using (var hmac = new HMACSHA256(key))
            {
                foreach (byte[] part in parts)
                {
                    hmac.TransformBlock(part, 0, part.Length, null, 0);
                }
                hmac.TransformFinalBlock(new byte[0], 0, 0);
                return hmac.Hash;
            }
        }
    }
}
