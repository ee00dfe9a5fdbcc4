using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Tickbridge.Test
{
    /// <summary>
    /// A gateway on loopback that does what a test tells it. The test's own thread drives it, step by step: every step
    /// waits for its counterpart, so nothing depends on timing.
    /// </summary>
    public sealed class ScriptedGateway : IDisposable
    {
        public const ulong Session = 0xFEDCBA9876543210;
        public const long Heartbeat = 1000000000;
        public const long TimeToLive = 250000000;

        public static readonly byte[] Key = Enumerable.Range(1, 32).Select(i => (byte)i).ToArray();

        /// <summary>Against a hang, not part of any assertion about time.</summary>
        private const int PatienceMillis = 20000;

        private readonly TcpListener listener = new TcpListener(IPAddress.Loopback, 0);
        private readonly byte[] nonce = Enumerable.Range(100, 32).Select(i => (byte)i).ToArray();
        private readonly List<TcpClient> earlier = new List<TcpClient>();
        private TcpClient peer;
        private NetworkStream stream;
        private Func<ulong, byte[]> gatewayProof;
        private byte[] transcript;
        private byte[] gatewayKey;
        private byte[] clientKey;
        private ulong sealedSent;
        private ulong sealedRead;

        public ScriptedGateway()
        {
            listener.Start();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        /// <summary>Logon.resumeSession of the last logon.</summary>
        public ulong ResumeSession { get; private set; }

        /// <summary>Logon.nextSequence of the last logon.</summary>
        public ulong NextSequence { get; private set; }

        /// <summary>Takes the next connection.</summary>
        public ScriptedGateway Accept()
        {
            IAsyncResult waiting = listener.BeginAcceptTcpClient(null, null);
            if (!waiting.AsyncWaitHandle.WaitOne(PatienceMillis))
            {
                throw new TimeoutException("no connection came");
            }
            if (peer != null)
            {
                earlier.Add(peer);
            }
            peer = listener.EndAcceptTcpClient(waiting);
            peer.NoDelay = true;
            peer.ReceiveTimeout = PatienceMillis;
            stream = peer.GetStream();
            gatewayKey = null;
            clientKey = null;
            return this;
        }

        /// <summary>Challenges, and reads a Logon whose proof it checks by itself.</summary>
        public ScriptedGateway Challenge(int maximumVersion = 1)
        {
            Send(FrameBuilder.Challenge(nonce, 1, maximumVersion));
            byte[] logon = ReadFrame(2);
            ResumeSession = BitConverter.ToUInt64(logon, 32);
            NextSequence = BitConverter.ToUInt64(logon, 40);
            byte[] clientNonce = logon.Skip(48).Take(32).ToArray();
            byte[] proof = Proof("tickbridge logon client 1", nonce, clientNonce, logon.Skip(112).Take(32).ToArray());
            if (!proof.SequenceEqual(logon.Skip(80).Take(32)))
            {
                throw new InvalidDataException("the client's proof is wrong");
            }
            gatewayProof = session => Proof("tickbridge logon gateway 1", clientNonce, nonce,
                BitConverter.GetBytes(session));
            return this;
        }

        /// <summary>
        /// The same as a gateway that seals: whatever Send sends and ReadFrame reads from now on is sealed, by .NET's own HMAC.
        /// </summary>
        /// <param name="alter">what somebody in between makes of the challenge on its way; null: nothing</param>
        public ScriptedGateway SealingChallenge(Action<byte[]> alter = null)
        {
            byte[] challenge = FrameBuilder.Challenge(nonce, 3, 3);
            challenge[36] = 1;
            byte[] sent = (byte[])challenge.Clone();
            alter?.Invoke(sent);
            SendAsIs(sent);
            byte[] logon = ReadFrame(2);
            ResumeSession = BitConverter.ToUInt64(logon, 32);
            NextSequence = BitConverter.ToUInt64(logon, 40);
            byte[] clientNonce = logon.Skip(48).Take(32).ToArray();
            byte[] unproved = logon.Take(80).Concat(new byte[32]).Concat(logon.Skip(112)).ToArray();
            using (SHA256 sha = SHA256.Create())
            {
                transcript = sha.ComputeHash(challenge.Concat(unproved).ToArray());
            }
            IsProved = Proof("tickbridge logon client 2", nonce, clientNonce, logon.Skip(112).Take(32).ToArray(), transcript)
                .SequenceEqual(logon.Skip(80).Take(32));
            gatewayProof = session => Proof("tickbridge logon gateway 2", clientNonce, nonce,
                BitConverter.GetBytes(session), transcript);
            byte[] extracted = Hmac(nonce.Concat(clientNonce).ToArray(), Key);
            gatewayKey = Hmac(extracted, Encoding.ASCII.GetBytes("tickbridge frames gateway"), transcript, new byte[] { 1 });
            clientKey = Hmac(extracted, Encoding.ASCII.GetBytes("tickbridge frames client"), transcript, new byte[] { 1 });
            sealedSent = 0;
            sealedRead = 0;
            return this;
        }

        /// <summary>Whether the last Logon to a sealing challenge was made with the key, of what both ends said.</summary>
        public bool IsProved { get; private set; }

        /// <summary>The last frame that was read, with its tag if it had one.</summary>
        public byte[] LastRead { get; private set; }

        /// <summary>Holds another key from now on than the add-on.</summary>
        public void ForgetTheKey()
        {
            gatewayKey = Hmac(gatewayKey);
        }

        /// <summary>A frame as it must be sent next.</summary>
        public byte[] Sealed(byte[] plain)
        {
            byte[] frame = plain.ToArray();
            BitConverter.GetBytes(plain.Length + 16).CopyTo(frame, 0);
            frame[12] |= 2;
            return frame.Concat(Hmac(gatewayKey, BitConverter.GetBytes(sealedSent++), frame).Take(16)).ToArray();
        }

        /// <summary>Accepts the logon with the right proof.</summary>
        public ScriptedGateway AcceptLogon(ulong next = 1, ulong last = 0, ulong session = Session,
            long heartbeat = Heartbeat)
        {
            return Send(FrameBuilder.LogonAccepted(session, next, last, heartbeat, TimeToLive, gatewayProof(session)));
        }

        /// <summary>What accepts the logon, to be sent whole or not.</summary>
        public byte[] Acceptance(ulong next, ulong last) =>
            FrameBuilder.LogonAccepted(Session, next, last, Heartbeat, TimeToLive, gatewayProof(Session));

        /// <summary>Accepts the logon with a proof that another key made.</summary>
        public byte[] WrongAcceptance()
        {
            byte[] proof = gatewayProof(Session);
            proof[31] ^= 1;
            return FrameBuilder.LogonAccepted(Session, 1, 0, Heartbeat, TimeToLive, proof);
        }

        public ScriptedGateway Send(params byte[][] frames) =>
            SendAsIs(gatewayKey == null ? frames : frames.Select(Sealed).ToArray());

        /// <summary>Sends without sealing.</summary>
        public ScriptedGateway SendAsIs(params byte[][] frames)
        {
            byte[] bytes = FrameBuilder.Join(frames);
            stream.Write(bytes, 0, bytes.Length);
            return this;
        }

        /// <summary>Reads frames up to the next one of a type. Heartbeats and probes between are passed over.</summary>
        public byte[] ReadFrame(ushort templateId)
        {
            while (true)
            {
                byte[] frame = ReadFrame();
                ushort found = BitConverter.ToUInt16(frame, 6);
                if (found == templateId)
                {
                    return frame;
                }
                if (found != 6 && found != 7)
                {
                    throw new InvalidDataException("expected template " + templateId + ", found " + found);
                }
            }
        }

        /// <summary>Waits until the client has closed its side.</summary>
        public void ReadEnd()
        {
            try
            {
                while (stream.ReadByte() >= 0)
                {
                }
            }
            catch (IOException e) when (e.InnerException is SocketException
                && ((SocketException)e.InnerException).SocketErrorCode == SocketError.ConnectionReset)
            {
                // Also an end: the client closed with bytes of ours unread.
            }
        }

        /// <summary>Closes this connection, and what is left of those before it; the next may come.</summary>
        public void Hangup()
        {
            peer.Close();
            earlier.ForEach(one => one.Close());
            earlier.Clear();
        }

        public void Dispose()
        {
            listener.Stop();
            if (peer != null)
            {
                Hangup();
            }
        }

        private byte[] ReadFrame()
        {
            byte[] length = Read(4);
            byte[] frame = length.Concat(Read(BitConverter.ToInt32(length, 0) - 4)).ToArray();
            LastRead = frame;
            return clientKey == null ? frame : Opened(frame);
        }

        private byte[] Opened(byte[] frame)
        {
            byte[] plain = frame.Take(frame.Length - 16).ToArray();
            byte[] tag = Hmac(clientKey, BitConverter.GetBytes(sealedRead++), plain).Take(16).ToArray();
            if ((frame[12] & 2) == 0 || !tag.SequenceEqual(frame.Skip(plain.Length)))
            {
                throw new InvalidDataException("the client's seal is broken");
            }
            return plain;
        }

        private byte[] Read(int count)
        {
            var bytes = new byte[count];
            for (int done = 0; done < count;)
            {
                int read = stream.Read(bytes, done, count - done);
                if (read == 0)
                {
                    throw new EndOfStreamException("the client closed");
                }
                done += read;
            }
            return bytes;
        }

        private static byte[] Proof(string text, params byte[][] parts) =>
            Hmac(Key, new[] { Encoding.ASCII.GetBytes(text) }.Concat(parts).ToArray());

        private static byte[] Hmac(byte[] key, params byte[][] parts)
        {
            using (var hmac = new HMACSHA256(key))
            {
                return hmac.ComputeHash(parts.SelectMany(part => part).ToArray());
            }
        }
    }
}
