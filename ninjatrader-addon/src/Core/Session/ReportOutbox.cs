using System;
using System.Threading;

namespace Tickbridge.Core
{
    /// <summary>
    /// Reports that the gateway has not settled yet, encoded, oldest first. Bounded: what finds no room is lost, but its
    /// number is spent, so that the gateway sees the hole, and it is counted. Any thread adds; the link thread sends and
    /// settles. The lock is held for the copy of one frame.
    /// </summary>
    internal sealed class ReportOutbox
    {
        /// <summary>Longest report: header and block, rounded up.</summary>
        private const int SlotLength = 448;

        private readonly object guard = new object();
        private readonly byte[] slots;
        private readonly int[] lengths;
        private readonly int capacity;
        private readonly ulong stream;
        private long head;
        private long unsent;
        private long tail;
        private ulong nextNumber;
        private ulong settled;
        private long lost;
        private long journalled;
        private long notPermitted;
        private long notJournalled;

        public ReportOutbox(int capacity, ulong stream, ulong firstNumber = 1)
        {
            nextNumber = firstNumber;
            this.capacity = capacity;
            this.stream = stream;
            slots = new byte[capacity * SlotLength];
            lengths = new int[capacity];
        }

        /// <summary>Numbers this run's reports; never 0.</summary>
        public ulong Stream => stream;

        /// <summary>What became of the reports so far. Any thread.</summary>
        public ReportCounts Counts
        {
            get
            {
                lock (guard)
                {
                    return new ReportCounts(tail - head, journalled, notPermitted, notJournalled, lost);
                }
            }
        }

        /// <summary>Whether something was added that this connection has not sent. Link thread.</summary>
        public bool HasUnsent => Volatile.Read(ref tail) != unsent;

        /// <summary>Takes a report's values and gives it a number.</summary>
        /// <returns>false: there is no room, the report is lost</returns>
        public bool Add(Report report)
        {
            lock (guard)
            {
                ulong number = nextNumber++;
                if (tail - head == capacity)
                {
                    lost++;
                    return false;
                }
                int slot = (int)(tail % capacity);
                int frame = slot * SlotLength;
                int length = FrameHeader.Length + report.Length;
                Array.Clear(slots, frame, length);
                FrameHeader.Write(slots, frame, report.Length, report.Template, LinkProtocol.VersionWithReports, 0);
                FrameHeader.WriteNumber(slots, frame, number);
                LittleEndian.WriteUInt64(slots, frame + FrameHeader.Length, stream);
                report.Encode(slots, frame + FrameHeader.Length);
                lengths[slot] = length;
                Volatile.Write(ref tail, tail + 1);
                return true;
            }
        }

        /// <summary>A connection stands: says what will be sent, from the oldest report that is not settled.</summary>
        public void Begin(FrameWriter writer, long now)
        {
            lock (guard)
            {
                unsent = head;
                ulong first = head == tail ? nextNumber : NumberOf(head);
                writer.WriteReportStream(stream, first, settled, (ulong)lost, now);
            }
        }

        /// <summary>Writes what has not been sent on this connection, as far as there is room.</summary>
        public void Write(FrameWriter writer, long now)
        {
            lock (guard)
            {
                while (unsent < tail && writer.HasRoomForReport)
                {
                    int slot = (int)(unsent % capacity);
                    writer.WriteFrame(slots, slot * SlotLength, lengths[slot], now);
                    unsent++;
                }
            }
        }

        /// <summary>The gateway settled every report up to a number that was sent.</summary>
        public void Settle(ulong through, ReportOutcome outcome)
        {
            lock (guard)
            {
                while (head < unsent && NumberOf(head) <= through)
                {
                    settled = NumberOf(head);
                    head++;
                    Count(outcome);
                }
                if (head == tail)
                {
                    Monitor.PulseAll(guard);
                }
            }
        }

        /// <summary>Waits until nothing waits. Not on the link thread, which settles.</summary>
        /// <returns>false: something still does</returns>
        public bool WaitUntilSettled(int millis)
        {
            int start = Environment.TickCount;
            lock (guard)
            {
                while (head != tail)
                {
                    int left = millis - (Environment.TickCount - start);
                    if (left <= 0)
                    {
                        return false;
                    }
                    Monitor.Wait(guard, left);
                }
                return true;
            }
        }

        private void Count(ReportOutcome outcome)
        {
            switch (outcome)
            {
                case ReportOutcome.Journalled:
                    journalled++;
                    break;
                case ReportOutcome.NotPermitted:
                    notPermitted++;
                    break;
                default:
                    notJournalled++;
                    break;
            }
        }

        private ulong NumberOf(long index) => FrameHeader.Sequence(slots, (int)(index % capacity) * SlotLength);
    }
}
