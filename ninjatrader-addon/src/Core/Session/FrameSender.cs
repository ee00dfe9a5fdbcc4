namespace Tickbridge.Core
{
    /// <summary>
    /// The frames of one connection on their way out: written, sealed, and handed over as far as the connection takes them.
    /// What it does not take goes first the next time. Link thread only.
    /// </summary>
    internal sealed class FrameSender
    {
        private readonly ILinkStream socket;

        public FrameSender(ILinkStream socket)
        {
            this.socket = socket;
        }

        /// <summary>Where frames are written before Flush.</summary>
        public FrameWriter Writer { get; } = new FrameWriter();

        /// <summary>Sends what was written. Never blocks for long: see ILinkStream.</summary>
        public void Flush()
        {
            if (Writer.Length > 0)
            {
                Writer.Finish();
                Writer.Consume(socket.Send(Writer.Buffer, Writer.Length));
            }
        }
    }
}
