namespace Tickbridge.Core
{
    /// <summary>
    /// The add-on's side of one logon: answers Challenge, and holds the gateway's answer against the key.
    /// SPECIFICATION.md section 4. Once for each connection.
    /// </summary>
    internal sealed class LogonExchange
    {
        private readonly byte[] key;
        private readonly byte[] clientName = new byte[LinkProtocol.NameLength];
        private readonly byte[] clientNonce = LogonProof.NewNonce();
        private readonly byte[] serverNonce = new byte[LinkProtocol.NonceLength];

        /// <summary>Null where nothing is sealed.</summary>
        private byte[] transcript;

        public LogonExchange(LinkOptions options)
        {
            key = options.Tls == null ? options.Key : null;
            PaddedText.Write(options.ClientName, clientName, 0, clientName.Length);
        }

        /// <summary>Why no version is common to both sides; null when one is.</summary>
        public static string VersionMismatch(Challenge challenge)
        {
            string theirs = "the gateway " + challenge.GatewayName + " speaks protocol versions "
                + challenge.MinimumVersion + " to " + challenge.MaximumVersion + ", this add-on "
                + LinkProtocol.OldestVersion + " to " + LinkProtocol.Version;
            if (challenge.MinimumVersion > LinkProtocol.Version)
            {
                return theirs + ": update the add-on";
            }
            if (challenge.Seal > FrameSeal.HmacSha256)
            {
                return "the gateway " + challenge.GatewayName + " seals frames in a way that this add-on does not know: update it";
            }
            return challenge.MaximumVersion < LinkProtocol.OldestVersion ? theirs + ": update the gateway" : null;
        }

        /// <summary>The newest version that both sides speak.</summary>
        public static ushort VersionFor(Challenge challenge) =>
            challenge.MaximumVersion < LinkProtocol.Version ? challenge.MaximumVersion : LinkProtocol.Version;

        /// <summary>Writes the Logon that answers a challenge.</summary>
        /// <param name="challenge">the gateway's</param>
        /// <param name="resumeSession">session before; 0 for none</param>
        /// <param name="nextSequence">first sequenced frame wanted</param>
        /// <param name="writer">takes the frame</param>
        /// <param name="sendTime">local clock, ns since the Unix epoch</param>
        public void Answer(Challenge challenge, ulong resumeSession, ulong nextSequence, FrameWriter writer,
            long sendTime)
        {
            challenge.CopyNonce(serverNonce, 0);
            writer.WriteLogon(resumeSession, nextSequence, clientNonce, clientName, sendTime);
            if (key == null)
            {
                return; // the certificate shows who we are
            }
            transcript = challenge.Seal == FrameSeal.HmacSha256
                ? LogonProof.Transcript(challenge.Copy(), writer.CopyLogon())
                : null;
            writer.WriteProof(LogonProof.OfClient(key, serverNonce, clientNonce, clientName, transcript));
        }

        /// <summary>The keys of all frames after our Logon; null when they are not sealed.</summary>
        public SealKeys Keys() => transcript == null ? null : new SealKeys(key, serverNonce, clientNonce, transcript);

        /// <summary>Whether the gateway's proof shows that it holds the key.</summary>
        public bool IsAuthentic(LogonAccepted accepted)
        {
            var proof = new byte[LinkProtocol.NonceLength];
            accepted.CopyProof(proof, 0);
            return LogonProof.Equal(proof, LogonProof.OfGateway(key, clientNonce, serverNonce, accepted.Session, transcript));
        }
    }
}
