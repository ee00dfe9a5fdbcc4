using System;
using System.IO;
using System.Linq;
using System.Text;

namespace Tickbridge.Test
{
    /// <summary>
    /// Frames as a gateway writes them, laid out from the tables of SPECIFICATION.md section 9 with BinaryWriter and
    /// without the code under test.
    /// </summary>
    public static class FrameBuilder
    {
        public const ulong Instrument = 42003054;
        public const long ExchangeTime = 1732287600000000123;

        public static byte[] Challenge(byte[] nonce, int minimumVersion = 1, int maximumVersion = 1) =>
            Frame(1, 0, 0, 0, w =>
        {
            w.Write((ushort)minimumVersion);
            w.Write((ushort)maximumVersion);
            w.Write(0);
            w.Write(nonce);
            Text(w, "gateway", 32);
        });

        public static byte[] LogonAccepted(ulong session, ulong next, ulong last, long heartbeat, long timeToLive,
            byte[] proof) => Frame(3, 0, next - 1, 0, w =>
        {
            w.Write(session);
            w.Write(next);
            w.Write(last);
            w.Write(heartbeat);
            w.Write(timeToLive);
            w.Write(proof);
        });

        public static byte[] LinkTerms(long silenceLimit, byte rights, byte market = 1) => Frame(36, 0, 0, 0, w =>
        {
            w.Write(silenceLimit);
            w.Write((long)(rights | market << 8));
        });

        public static byte[] ReportAcknowledgement(ulong stream, ulong through, ushort outcome) =>
            Frame(35, 0, 0, 0, w =>
            {
                w.Write(stream);
                w.Write(through);
                w.Write((long)outcome);
            });

        public static byte[] LogonRejected(ushort reason, string text) => Frame(4, 0, 0, 0, w =>
            Reason(w, reason, text));

        public static byte[] Logout(ushort reason, string text, ulong lastSequence) =>
            Frame(5, 0, lastSequence, 0, w => Reason(w, reason, text));

        public static byte[] Heartbeat(ulong lastSequence) => Frame(6, 0, lastSequence, 0, w => w.Write(1UL));

        public static byte[] ClockReply(ulong probe, long t1, long t2, long t3, ulong lastSequence) =>
            Frame(8, 0, lastSequence, t3, w =>
            {
                w.Write(probe);
                w.Write(t1);
                w.Write(t2);
            });

        public static byte[] InstrumentDefinition(ulong lastSequence, string symbol = "ESZ5") =>
            Frame(10, 0, lastSequence, 0, w =>
        {
            w.Write(Instrument);
            w.Write(250000000L);
            w.Write((byte)1);
            w.Write((byte)0);
            w.Write((ushort)3);
            w.Write(0);
            Text(w, symbol, 24);
        });

        public static byte[] SignalDefinition(ulong lastSequence) => Frame(11, 0, lastSequence, 0, w =>
        {
            w.Write((ushort)2);
            w.Write(new byte[6]);
            Text(w, "book-imbalance", 32);
            Text(w, "threshold=0.7", 192);
        });

        /// <param name="flags">1: a change, sequenced; 0: part of the snapshot</param>
        /// <param name="sequence">of the header</param>
        /// <param name="state">0 is trusted</param>
        public static byte[] InstrumentState(uint flags, ulong sequence, byte state) =>
            Frame(12, flags, sequence, 0, w =>
        {
            w.Write(Instrument);
            w.Write(ExchangeTime);
            w.Write((byte)1);
            w.Write(state);
            w.Write(new byte[6]);
        });

        public static byte[] Signal(ulong sequence, ulong number, long sendTime = 0, long receiveTime = 0,
            byte venue = 1) =>
            Frame(20, 1, sequence, sendTime, w =>
            {
                w.Write(number);
                w.Write(ExchangeTime);
                w.Write(Instrument);
                w.Write((ushort)2);
                w.Write(venue);
                w.Write((byte)1);
                w.Write(0);
                w.Write(4825250000000L);
                w.Write(4825500000000L);
                w.Write(12);
                w.Write(3);
                w.Write(-850000L);
                w.Write(receiveTime);
            });

        public static byte[] Quote(ulong lastSequence, uint conflated, long bidPrice = long.MinValue,
            int bidQuantity = 0) => Frame(21, 0, lastSequence, 0, w =>
        {
            w.Write(Instrument);
            w.Write(ExchangeTime);
            w.Write(bidPrice);
            w.Write(4825500000000L);
            w.Write(bidQuantity);
            w.Write(3);
            w.Write(conflated);
            w.Write((byte)1);
            w.Write((byte)1);
            w.Write((ushort)0);
        });

        public static byte[] Trade(ulong lastSequence, uint skipped) => Frame(22, 0, lastSequence, 0, w =>
        {
            w.Write(Instrument);
            w.Write(ExchangeTime);
            w.Write(4825500000000L);
            w.Write(7);
            w.Write(skipped);
            w.Write((byte)1);
            w.Write((byte)2);
            w.Write(new byte[6]);
        });

        public static byte[] SequenceGap(ulong from, ulong to, ushort reason, ulong lastSequence) =>
            Frame(23, 0, lastSequence, 0, w =>
            {
                w.Write(from);
                w.Write(to);
                w.Write(reason);
                w.Write(new byte[6]);
            });

        /// <summary>A frame of any type: header, then the block.</summary>
        public static byte[] Frame(ushort templateId, uint flags, ulong sequence, long sendTime,
            Action<BinaryWriter> block)
        {
            byte[] body = Bytes(block);
            return Bytes(w =>
            {
                w.Write(32 + body.Length);
                w.Write((ushort)body.Length);
                w.Write(templateId);
                w.Write((ushort)21603);
                w.Write((ushort)1);
                w.Write(flags);
                w.Write(sequence);
                w.Write(sendTime);
                w.Write(body);
            });
        }

        public static byte[] Join(params byte[][] frames) => frames.SelectMany(frame => frame).ToArray();

        private static void Reason(BinaryWriter writer, ushort reason, string text)
        {
            writer.Write(reason);
            writer.Write(new byte[6]);
            Text(writer, text, 112);
        }

        private static void Text(BinaryWriter writer, string text, int length)
        {
            writer.Write(Encoding.ASCII.GetBytes(text.PadRight(length, '\0')));
        }

        private static byte[] Bytes(Action<BinaryWriter> write)
        {
            using (var stream = new MemoryStream())
            {
                write(new BinaryWriter(stream));
                return stream.ToArray();
            }
        }
    }
}
