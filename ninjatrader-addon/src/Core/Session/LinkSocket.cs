using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Tickbridge.Core
{
    /// <summary>A TCP connection that never blocks once it stands. Link thread only.</summary>
    internal sealed class LinkSocket : ILinkStream
    {
        private readonly Socket socket;

        private LinkSocket(Socket socket)
        {
            this.socket = socket;
            socket.NoDelay = true;
            socket.Blocking = false;
        }

        /// <summary>The system's own, for those who put something between it and the link.</summary>
        public Socket System => socket;

        /// <summary>What broke the connection; null while it stands.</summary>
        public string Failure { get; private set; }

        /// <summary>Connects to the first of the host's addresses that answers.</summary>
        /// <param name="host">name or address</param>
        /// <param name="port">TCP port</param>
        /// <param name="timeout">for each address</param>
        /// <param name="stop">ends the attempt early</param>
        /// <param name="failure">why there is no connection</param>
        /// <returns>null if there is no connection</returns>
        public static LinkSocket Connect(string host, int port, TimeSpan timeout, WaitHandle stop, out string failure)
        {
            failure = "the name has no address";
            IPAddress[] addresses;
            try
            {
                addresses = Dns.GetHostAddresses(host);
            }
            catch (SocketException e)
            {
                failure = Words(e);
                return null;
            }
            foreach (IPAddress address in addresses)
            {
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                failure = TryConnect(socket, new IPEndPoint(address, port), timeout, stop);
                if (failure == null)
                {
                    return new LinkSocket(socket);
                }
                socket.Close();
            }
            return null;
        }

        /// <summary>Takes what has arrived.</summary>
        /// <returns>bytes put into the buffer; 0 when none are there or the connection is gone, see Failure</returns>
        public int Receive(byte[] buffer, int offset, int length)
        {
            SocketError error;
            int received = socket.Receive(buffer, offset, length, SocketFlags.None, out error);
            if (received > 0)
            {
                return received;
            }
            if (error == SocketError.Success)
            {
                Failure = "the gateway closed it without a word";
            }
            else if (!IsMomentary(error))
            {
                Failure = error.ToString();
            }
            return 0;
        }

        /// <summary>Hands over what the system takes at once.</summary>
        /// <returns>bytes taken, maybe 0; see Failure</returns>
        public int Send(byte[] buffer, int length)
        {
            SocketError error;
            int sent = socket.Send(buffer, 0, length, SocketFlags.None, out error);
            if (error != SocketError.Success && !IsMomentary(error))
            {
                Failure = error.ToString();
            }
            return Math.Max(sent, 0);
        }

        /// <summary>Sleeps until something arrives or the time is over.</summary>
        public void WaitForData(int microseconds)
        {
            try
            {
                socket.Poll(microseconds, SelectMode.SelectRead);
            }
            catch (SocketException e)
            {
                Failure = e.SocketErrorCode.ToString();
            }
        }

        /// <summary>Tells the gateway that nothing more will come, so that our last frame is not lost.</summary>
        public void ShutDownOutput()
        {
            try
            {
                socket.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException e)
            {
                Failure = e.SocketErrorCode.ToString();
            }
        }

        public void Dispose()
        {
            socket.Close();
        }

        private static string TryConnect(Socket socket, EndPoint endPoint, TimeSpan timeout, WaitHandle stop)
        {
            try
            {
                IAsyncResult attempt = socket.BeginConnect(endPoint, null, null);
                switch (WaitHandle.WaitAny(new[] { stop, attempt.AsyncWaitHandle }, timeout))
                {
                    case 0:
                        return "stopped";
                    case 1:
                        socket.EndConnect(attempt);
                        return null;
                    default:
                        return "no answer within " + timeout.TotalSeconds + " s: wrong address, machine off, or a firewall";
                }
            }
            catch (SocketException e)
            {
                return Words(e);
            }
        }

        /// <summary>The system's own words are in the system's language, and say nothing of what to do.</summary>
        private static string Words(SocketException e)
        {
            switch (e.SocketErrorCode)
            {
                case SocketError.ConnectionRefused:
                    return "refused: the machine answers, but nothing listens on that port for us";
                case SocketError.TimedOut:
                    return "no answer: wrong address, machine off, or a firewall";
                case SocketError.HostUnreachable:
                case SocketError.NetworkUnreachable:
                case SocketError.NetworkDown:
                    return "there is no way to that address from here";
                case SocketError.HostNotFound:
                case SocketError.NoData:
                case SocketError.TryAgain:
                    return "no address is known for that name";
                default:
                    return e.SocketErrorCode + ": " + e.Message;
            }
        }

        private static bool IsMomentary(SocketError error)
        {
            return error == SocketError.WouldBlock || error == SocketError.IOPending
                || error == SocketError.Interrupted || error == SocketError.NoBufferSpaceAvailable;
        }
    }
}
