using System;
using System.Net.Sockets;
using System.Threading;

namespace Tickbridge.Core
{
    /// <summary>
    /// Ends a TLS handshake by closing its socket: at once when the link stops, and when it takes too long as a whole. The
    /// socket's own timeouts begin anew with each byte, and know of no stop. Made and released by the thread that shakes
    /// hands; either it releases the socket, or the socket is closed, never both.
    /// </summary>
    internal sealed class HandshakeLimit
    {
        private readonly object guard = new object();
        private readonly Socket socket;
        private readonly RegisteredWaitHandle waiting;
        private bool isReleased;
        private bool isLate;
        private bool isStopped;

        /// <param name="socket">shakes hands from now on</param>
        /// <param name="timeout">for all of it</param>
        /// <param name="stop">ends it at once</param>
        public HandshakeLimit(Socket socket, TimeSpan timeout, WaitHandle stop)
        {
            this.socket = socket;
            waiting = ThreadPool.RegisterWaitForSingleObject(stop, (state, timedOut) => End(timedOut), null, timeout, true);
        }

        /// <summary>The time was over.</summary>
        public bool IsLate
        {
            get
            {
                lock (guard)
                {
                    return isLate;
                }
            }
        }

        /// <summary>It was stopped.</summary>
        public bool IsStopped
        {
            get
            {
                lock (guard)
                {
                    return isStopped;
                }
            }
        }

        /// <summary>The handshake is over, however it ended: from now on nothing closes the socket.</summary>
        /// <returns>false: it is closed already</returns>
        public bool Release()
        {
            waiting.Unregister(null);
            lock (guard)
            {
                isReleased = true;
                return !isLate && !isStopped;
            }
        }

        private void End(bool timedOut)
        {
            lock (guard)
            {
                if (isReleased)
                {
                    return;
                }
                isLate = timedOut;
                isStopped = !timedOut;
            }
            try
            {
                // Outside the lock: who shakes hands, and releases it then, need not wait for that.
                socket.Close();
            }
            // Whatever it is: an exception that leaves a thread takes the whole platform down with it.
            catch (Exception)
            {
                return;
            }
        }
    }
}
