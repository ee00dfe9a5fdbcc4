using System;

namespace Tickbridge.Core
{
    /// <summary>How to reach the gateway. Set everything before LinkClient is made.</summary>
    public sealed class LinkOptions
    {
        /// <summary>Name or address of the gateway's host.</summary>
        public string Host { get; set; } = "127.0.0.1";

        /// <summary>The gateway's TCP port.</summary>
        public int Port { get; set; }

        /// <summary>The shared key; see PreSharedKey.</summary>
        public byte[] Key { get; set; }

        /// <summary>Certificates; null: no TLS, the key alone shows who we are.</summary>
        public TlsIdentity Tls { get; set; }

        /// <summary>Who we are, in the gateway's logs: printable ASCII, at most 32 characters.</summary>
        public string ClientName { get; set; } = "add-on";

        public IdleMode Idle { get; set; } = IdleMode.Spin;

        /// <summary>
        /// First sequenced frame wanted: 0 for what comes from now on, 1 for all that the gateway still has.
        /// </summary>
        public ulong FirstSequence { get; set; }

        /// <summary>Reports that are kept until the gateway has journalled them; what comes on top is lost.</summary>
        public int ReportCapacity { get; set; } = 4096;

        /// <summary>For the TCP connection, then for the TLS handshake, then for Challenge, then for the answer to Logon, each.</summary>
        public TimeSpan LogonTimeout { get; set; } = TimeSpan.FromSeconds(5);

        /// <summary>How long to wait for the gateway to close after our Logout.</summary>
        public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromMilliseconds(500);

        /// <summary>Wait before the first reconnection; doubles from then on.</summary>
        public TimeSpan FirstRetry { get; set; } = TimeSpan.FromMilliseconds(100);

        /// <summary>The wait does not grow beyond.</summary>
        public TimeSpan LongestRetry { get; set; } = TimeSpan.FromSeconds(5);

        /// <summary>
        /// Wait after a refused logon, a wrong proof or no common version: a quick retry cannot help.
        /// </summary>
        public TimeSpan RejectedRetry { get; set; } = TimeSpan.FromSeconds(5);

        /// <summary>Logged on for so long, the next wait begins with FirstRetry again.</summary>
        public TimeSpan StableAfter { get; set; } = TimeSpan.FromSeconds(10);

        /// <summary>Throws if something is missing or out of range, saying what.</summary>
        /// <exception cref="ArgumentException">What is wrong.</exception>
        internal void Validate()
        {
            if (string.IsNullOrEmpty(Host))
            {
                throw new ArgumentException("the gateway's host is missing");
            }
            if (Port < 1 || Port > 65535)
            {
                throw new ArgumentException("port " + Port + ", allowed are 1 to 65535");
            }
            if (Key == null && Tls == null)
            {
                throw new ArgumentException("the shared key is missing");
            }
            if (ClientName == null)
            {
                throw new ArgumentException("the client name is missing");
            }
            if (ReportCapacity < 1 || ReportCapacity > 1000000)
            {
                throw new ArgumentException("report capacity " + ReportCapacity + ", allowed are 1 to 1000000");
            }
            PaddedText.Write(ClientName, new byte[LinkProtocol.NameLength], 0, LinkProtocol.NameLength);
        }
    }
}
