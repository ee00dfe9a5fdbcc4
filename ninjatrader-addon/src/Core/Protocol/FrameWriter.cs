using System;

namespace Tickbridge.Core
{
    /// <summary>
    /// Writes the frames that an add-on sends, one after the other, into one fixed buffer, and keeps what the socket
    /// did not take yet. Link thread only; allocates nothing.
    /// </summary>
    public sealed class FrameWriter
    {
        public const int LogonBlockLength = 112;
        public const int ProbeBlockLength = 16;
        public const int ReportStreamBlockLength = 32;

        internal const int LogoutTextLength = 112;

        private readonly byte[] buffer = new byte[4 * LinkProtocol.MaxFrameLength];

        /// <summary>Where the unsent bytes lie: from offset 0.</summary>
        public byte[] Buffer => buffer;

        private FrameTag seal;
        private int finished;

        /// <summary>Bytes written and not yet sent.</summary>
        public int Length { get; private set; }

        /// <summary>Version of the definition that was agreed with the peer.</summary>
        public ushort Version { get; set; } = LinkProtocol.Version;

        /// <summary>Whether a report fits, and after it a frame of any length still does.</summary>
        public bool HasRoomForReport => buffer.Length - Length >= 2 * LinkProtocol.MaxFrameLength;

        /// <summary>Whether a frame of any length still fits. If not, the gateway has stopped reading.</summary>
        public bool HasRoom => buffer.Length - Length >= LinkProtocol.MaxFrameLength;

        public void Clear()
        {
            Length = 0;
            finished = 0;
        }

        /// <summary>Every frame is sealed from now on; those before must have been finished.</summary>
        internal void Seal(FrameTag with)
        {
            seal = with;
        }

        /// <summary>Seals what was written. Before anything of it is sent, and after all of its fields are written.</summary>
        public void Finish()
        {
            while (seal != null && finished < Length)
            {
                finished += seal.Close(buffer, finished);
            }
            finished = Length;
        }

        /// <summary>Forgets the first bytes: the socket took them.</summary>
        public void Consume(int sent)
        {
            Length -= sent;
            finished -= sent;
            System.Buffer.BlockCopy(buffer, sent, buffer, 0, Length);
        }

        /// <summary>Writes a Logon whose proof is still 0.</summary>
        /// <param name="resumeSession">session of the last LogonAccepted; 0 for a fresh start</param>
        /// <param name="nextSequence">first sequenced frame wanted; 0 for only what comes from now on</param>
        /// <param name="nonce">32 random bytes, never used twice</param>
        /// <param name="clientName">32 bytes, NUL padded</param>
        /// <param name="sendTime">local clock, ns since the Unix epoch</param>
        public void WriteLogon(ulong resumeSession, ulong nextSequence, byte[] nonce, byte[] clientName, long sendTime)
        {
            int block = Begin(TemplateId.Logon, LogonBlockLength, sendTime);
            LittleEndian.WriteUInt64(buffer, block, resumeSession);
            LittleEndian.WriteUInt64(buffer, block + 8, nextSequence);
            System.Buffer.BlockCopy(nonce, 0, buffer, block + 16, LinkProtocol.NonceLength);
            System.Buffer.BlockCopy(clientName, 0, buffer, block + 80, LinkProtocol.NameLength);
        }

        /// <summary>The Logon just written. Allocates.</summary>
        public byte[] CopyLogon()
        {
            var copy = new byte[FrameHeader.Length + LogonBlockLength];
            System.Buffer.BlockCopy(buffer, Length - copy.Length, copy, 0, copy.Length);
            return copy;
        }

        /// <summary>Puts the proof into the Logon just written.</summary>
        /// <param name="proof">32 bytes, see LogonProof</param>
        public void WriteProof(byte[] proof)
        {
            System.Buffer.BlockCopy(proof, 0, buffer, Length - LogonBlockLength + 48, LinkProtocol.NonceLength);
        }

        /// <param name="reason">why</param>
        /// <param name="text">for people, printable ASCII, at most 112 characters</param>
        /// <param name="sendTime">local clock, ns since the Unix epoch</param>
        public void WriteLogout(LogoutReason reason, string text, long sendTime)
        {
            int block = Begin(TemplateId.Logout, Logout.BlockLength, sendTime);
            LittleEndian.WriteUInt16(buffer, block, (ushort)reason);
            PaddedText.Write(text, buffer, block + 8, LogoutTextLength);
        }

        /// <param name="counter">heartbeats sent on this connection, this one included</param>
        /// <param name="sendTime">local clock, ns since the Unix epoch</param>
        public void WriteHeartbeat(ulong counter, long sendTime)
        {
            int block = Begin(TemplateId.Heartbeat, Heartbeat.BlockLength, sendTime);
            LittleEndian.WriteUInt64(buffer, block, counter);
        }

        /// <param name="probe">number of the probe, which the gateway echoes</param>
        /// <param name="clientSendTime">local clock, ns since the Unix epoch; the gateway echoes it</param>
        /// <param name="sendTime">local clock, ns since the Unix epoch</param>
        public void WriteClockProbe(ulong probe, long clientSendTime, long sendTime)
        {
            int block = Begin(TemplateId.ClockProbe, ProbeBlockLength, sendTime);
            LittleEndian.WriteUInt64(buffer, block, probe);
            LittleEndian.WriteInt64(buffer, block + 8, clientSendTime);
        }

        /// <param name="stream">which run of the add-on numbers its reports</param>
        /// <param name="firstSequence">number of the first report that follows</param>
        /// <param name="acknowledged">highest number that a gateway acknowledged; 0 for none</param>
        /// <param name="lost">reports that found no room and will never come</param>
        /// <param name="sendTime">local clock, ns since the Unix epoch</param>
        public void WriteReportStream(ulong stream, ulong firstSequence, ulong acknowledged, ulong lost, long sendTime)
        {
            int block = Begin(TemplateId.ReportStream, ReportStreamBlockLength, sendTime);
            LittleEndian.WriteUInt64(buffer, block, stream);
            LittleEndian.WriteUInt64(buffer, block + 8, firstSequence);
            LittleEndian.WriteUInt64(buffer, block + 16, acknowledged);
            LittleEndian.WriteUInt64(buffer, block + 24, lost);
        }

        /// <summary>Takes a whole frame that was encoded elsewhere, and restates when it was sent and in which version's name.</summary>
        /// <param name="frame">holds it</param>
        /// <param name="offset">where it begins</param>
        /// <param name="length">bytes</param>
        /// <param name="sendTime">local clock, ns since the Unix epoch</param>
        public void WriteFrame(byte[] frame, int offset, int length, long sendTime)
        {
            System.Buffer.BlockCopy(frame, offset, buffer, Length, length);
            FrameHeader.WriteSendTime(buffer, Length, sendTime);
            FrameHeader.WriteVersion(buffer, Length, Version);
            Length += length + TagLength;
        }

        private int TagLength => seal == null ? 0 : LinkProtocol.TagLength;

        private int Begin(ushort templateId, int blockLength, long sendTime)
        {
            int frame = Length;
            int block = frame + FrameHeader.Length;
            Length = block + blockLength + TagLength;
            Array.Clear(buffer, frame, Length - frame);
            FrameHeader.Write(buffer, frame, blockLength, templateId, Version, sendTime);
            return block;
        }
    }
}
