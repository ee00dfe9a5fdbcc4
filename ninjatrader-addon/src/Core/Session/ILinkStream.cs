using System;

namespace Tickbridge.Core
{
    /// <summary>Bytes to and from a gateway. Nothing in it blocks once it stands, except where it says so.</summary>
    internal interface ILinkStream : IDisposable
    {
        /// <summary>What broke the connection; null while it stands.</summary>
        string Failure { get; }

        /// <summary>Takes what has arrived.</summary>
        /// <returns>bytes put into the buffer; 0 when none are there or the connection is gone, see Failure</returns>
        int Receive(byte[] buffer, int offset, int length);

        /// <summary>Hands over what can be taken at once.</summary>
        /// <returns>bytes taken, maybe 0; see Failure</returns>
        int Send(byte[] buffer, int length);

        /// <summary>Sleeps until something arrives or the time is over.</summary>
        void WaitForData(int microseconds);

        /// <summary>Tells the gateway that nothing more will come, so that our last frame is not lost.</summary>
        void ShutDownOutput();
    }
}
