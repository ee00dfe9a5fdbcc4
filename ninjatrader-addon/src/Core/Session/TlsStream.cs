using System;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;

namespace Tickbridge.Core
{
    /// <summary>
    /// TLS over a connection: both sides show a certificate of the gateway's own authority, and no other authority
    /// counts, whatever the system trusts. SslStream cannot be asked whether something has arrived, so a thread waits in
    /// its Read and leaves what came where the link thread finds it without waiting. Sending blocks while the gateway
    /// does not read, at most for the send timeout.
    /// </summary>
    internal sealed class TlsStream : ILinkStream
    {
        private const int BufferLength = 1 << 16;
        private const int SendTimeoutMillis = 1000;

        private readonly object guard = new object();
        private readonly LinkSocket socket;
        private readonly SslStream stream;
        private readonly byte[] arrived = new byte[BufferLength];
        private readonly byte[] reading = new byte[BufferLength / 4];
        private int count;
        private volatile string failure;
        private volatile bool closed;

        private TlsStream(LinkSocket socket, SslStream stream)
        {
            this.socket = socket;
            this.stream = stream;
        }

        public string Failure => count > 0 ? null : failure;

        /// <summary>Shakes hands.</summary>
        /// <param name="socket">stands; becomes blocking</param>
        /// <param name="identity">ours, and whom we trust</param>
        /// <param name="host">that the gateway's certificate must be good for</param>
        /// <param name="timeout">for the handshake as a whole</param>
        /// <param name="stop">ends it early</param>
        /// <param name="failure">why there is no connection: one side refuses the other, or the network ended it</param>
        /// <returns>null if there is none</returns>
        public static TlsStream Open(LinkSocket socket, TlsIdentity identity, string host, TimeSpan timeout,
            WaitHandle stop, out SessionEnd failure)
        {
            Socket system = socket.System;
            system.Blocking = true;
            system.ReceiveTimeout = (int)timeout.TotalMilliseconds;
            system.SendTimeout = (int)timeout.TotalMilliseconds;
            string refusal = null;
            // Made before it may be closed, which it takes for a mistake.
            var secured = new SslStream(new NetworkStream(system, false), false,
                (sender, certificate, chain, errors) => (refusal = Refusal(identity, certificate, host)) == null,
                (sender, target, locals, remote, issuers) => identity.Own);
            var limit = new HandshakeLimit(system, timeout, stop);
            try
            {
                secured.AuthenticateAsClient(host, new X509CertificateCollection { identity.Own },
                    // None: what the system takes for good, which is TLS 1.2 or 1.3 everywhere this runs.
                    SslProtocols.None, false);
                if (secured.SslProtocol < SslProtocols.Tls12)
                {
                    throw new AuthenticationException("the gateway speaks " + secured.SslProtocol + ", needed is TLS 1.2");
                }
                if (!limit.Release())
                {
                    throw new IOException("it was ended when it was just over");
                }
            }
            // A socket that is closed under the handshake ends it in any way.
            catch (Exception e) when (e is AuthenticationException || e is IOException || e is InvalidOperationException
                || limit.IsLate || limit.IsStopped)
            {
                limit.Release();
                failure = limit.IsStopped ? new SessionEnd(DisconnectReason.Stopped, "stopped")
                    : Failed(e, refusal, limit.IsLate, timeout);
                secured.Dispose();
                return null;
            }
            system.ReceiveTimeout = 0;
            system.SendTimeout = SendTimeoutMillis;
            failure = null;
            var stream = new TlsStream(socket, secured);
            new Thread(stream.ReadOn) { IsBackground = true, Name = "tickbridge-tls" }.Start();
            return stream;
        }

        /// <summary>
        /// A refusal is an AuthenticationException, whoever refuses: that is how an alert of the other side comes. An
        /// IOException is the connection's own end, which says nothing of certificates.
        /// </summary>
        private static SessionEnd Failed(Exception e, string refusal, bool wasEnded, TimeSpan timeout)
        {
            if (refusal == null && (wasEnded || e is IOException))
            {
                var error = Innermost(e) as SocketException;
                bool isLate = wasEnded || error != null && (error.SocketErrorCode == SocketError.TimedOut
                    || error.SocketErrorCode == SocketError.WouldBlock);
                return new SessionEnd(isLate ? DisconnectReason.LogonTimeout : DisconnectReason.ConnectionLost,
                    "TLS: " + (isLate ? "no answer within " + timeout.TotalSeconds + " s"
                        : "the connection ended in the handshake (" + Words(e) + ")")
                    + ": if that goes on, is this port a Tickbridge gateway's, and what does its log say?");
            }
            return new SessionEnd(DisconnectReason.GatewayNotAuthentic, "TLS: "
                + (refusal ?? "the gateway did not take our certificate, or speaks no TLS (" + Words(e) + ")")
                + ": compare ca.pem and the certificates of both sides");
        }

        private static string Words(Exception e) => Innermost(e).Message.Split('\n')[0].Trim();

        private static Exception Innermost(Exception e) => e.InnerException == null ? e : Innermost(e.InnerException);

        private static string Refusal(TlsIdentity identity, X509Certificate certificate, string host)
        {
            if (certificate == null)
            {
                return "the gateway shows no certificate";
            }
            // Judged here: what the system says of names differs, and Mono takes another name for good.
            var names = new CertificateNames(new X509Certificate2(certificate));
            if (!names.Include(host))
            {
                return "the gateway's certificate is not for the host " + host + ", but for " + names;
            }
            using (var chain = new X509Chain())
            {
                chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
                chain.ChainPolicy.ExtraStore.Add(identity.Authority);
                var shown = new X509Certificate2(certificate);
                bool sound = chain.Build(shown);
                X509Certificate2 root = chain.ChainElements[chain.ChainElements.Count - 1].Certificate;
                return sound && root.Equals(identity.Authority) && root.Thumbprint == identity.Authority.Thumbprint
                    ? null
                    : "the gateway's certificate is not of our authority, or has expired: " + certificate.Subject;
            }
        }

        public int Receive(byte[] buffer, int offset, int length)
        {
            if (Volatile.Read(ref count) == 0)
            {
                return 0;
            }
            lock (guard)
            {
                int taken = Math.Min(length, count);
                Buffer.BlockCopy(arrived, 0, buffer, offset, taken);
                Buffer.BlockCopy(arrived, taken, arrived, 0, count - taken);
                Volatile.Write(ref count, count - taken);
                Monitor.PulseAll(guard);
                return taken;
            }
        }

        public int Send(byte[] buffer, int length)
        {
            try
            {
                stream.Write(buffer, 0, length);
                return length;
            }
            catch (Exception e) when (e is IOException || e is ObjectDisposedException || e is InvalidOperationException)
            {
                failure = e.Message;
                return 0;
            }
        }

        public void WaitForData(int microseconds)
        {
            lock (guard)
            {
                if (count == 0 && failure == null)
                {
                    Monitor.Wait(guard, Math.Max(1, microseconds / 1000));
                }
            }
        }

        public void ShutDownOutput()
        {
            socket.ShutDownOutput();
        }

        public void Dispose()
        {
            closed = true;
            lock (guard)
            {
                Monitor.PulseAll(guard);
            }
            socket.Dispose();
            stream.Dispose();
        }

        /// <summary>Its own thread.</summary>
        private void ReadOn()
        {
            try
            {
                while (!closed)
                {
                    int read = stream.Read(reading, 0, reading.Length);
                    if (read <= 0)
                    {
                        throw new IOException("the gateway closed it without a word");
                    }
                    Keep(read);
                }
            }
            // Whatever it is: an exception that leaves a thread takes the whole platform down with it.
            catch (Exception e)
            {
                lock (guard)
                {
                    failure = e.Message;
                    Monitor.PulseAll(guard);
                }
            }
        }

        private void Keep(int read)
        {
            lock (guard)
            {
                while (BufferLength - count < read && !closed)
                {
                    Monitor.Wait(guard);
                }
                Buffer.BlockCopy(reading, 0, arrived, count, Math.Min(read, BufferLength - count));
                Volatile.Write(ref count, count + Math.Min(read, BufferLength - count));
                Monitor.PulseAll(guard);
            }
        }
    }
}
