package io.tickbridge.gateway.journal;

import io.tickbridge.gateway.signal.SignalListener;
import java.nio.ByteOrder;

/**
 * Where each byte of a journal record lies, schema version 5. JOURNAL.md says the same in words.
 *
 * <p>Every record is one data document of the queue: this header, then the payload. All numbers are little-endian.
 * The ring between receive thread and journal thread carries records in the same layout, with number and checksum
 * still unset.
 */
final class RecordLayout {
    /** Newest version of this layout. The first 20 bytes keep their place in every later version. */
    static final int SCHEMA_VERSION = 5;
    /** Records that version 1 had already still say so: what they hold has not changed. */
    private static final int FIRST_VERSION = 1;

    /** Byte order of every field. */
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /** uint32: CRC-32C of every byte of the record after this field, payload included. */
    static final int CHECKSUM_OFFSET = 0;
    /** uint32: bytes of payload. With {@link #HEADER_LENGTH} it gives the length that the queue states too. */
    static final int LENGTH_OFFSET = 4;
    /** int64: ns since the Unix epoch. What it is the time of depends on the type. */
    static final int TIME_OFFSET = 8;
    /** uint8: {@link #RUN_STARTED} to {@link #SIGNAL_SENT}. */
    static final int TYPE_OFFSET = 16;
    /** uint8: schema version of this record. */
    static final int VERSION_OFFSET = 17;
    /** uint16: for a frame the configured feed line it came in on, from 0 over all feeds; otherwise 0. */
    static final int LINE_OFFSET = 18;
    /** uint32: place of the record in its run, from 0, so that a missing record is noticed. Wraps. */
    static final int NUMBER_OFFSET = 20;
    /** Bytes before the payload. */
    static final int HEADER_LENGTH = 24;

    /** Payload: a Chronicle Wire document, see {@link RunStarted}. Time: when the run started. */
    static final int RUN_STARTED = 1;
    /** Payload: the frame as captured. Time: when it was received. */
    static final int FRAME = 2;
    /** Payload: the 64 bytes of a signal body. Time: when the frame that caused it was received. */
    static final int SIGNAL = 3;
    /** Payload: the fields below, the last only where there are such records, since version 5. Time: that of the first record lost. */
    static final int JOURNAL_GAP = 4;
    /** Payload: a Chronicle Wire document, see {@link RunStopped}. Time: when the run stopped. */
    static final int RUN_STOPPED = 5;
    /** Since version 2. Payload: int64 connection, then the frame as an add-on sent it. Time: when it was received. */
    static final int LINK_REPORT = 6;
    /** Since version 2. Payload: see {@link LinkEvent}. Time: when it happened. */
    static final int LINK_EVENT = 7;
    /** Since version 3. Payload: see {@link FeedHealth}. Time: when it was noticed. */
    static final int FEED_HEALTH = 8;
    /** Since version 4. Payload: the fields below. Time: when the link had written what its burst caused, 0 when not known. */
    static final int SIGNAL_SENT = 9;

    /** int64 in a sent signal's payload: session of the link. */
    static final int SENT_SESSION_OFFSET = 0;
    /** int64 in a sent signal's payload: its sequence in that session, by which add-ons' reports name it. */
    static final int SENT_SEQUENCE_OFFSET = 8;
    /** int64 in a sent signal's payload: number of the signal, as in its body. */
    static final int SENT_NUMBER_OFFSET = 16;
    /** int64 in a sent signal's payload: when the link had it, ns since the Unix epoch. */
    static final int SENT_READY_TIME_OFFSET = 24;
    /** int64 in a sent signal's payload: add-ons logged on. */
    static final int SENT_PEERS_OFFSET = 32;
    /** Bytes of a sent signal's payload. */
    static final int SENT_LENGTH = 40;

    /** int64 before the frame in a link report's payload: number of the connection, as in link events. */
    static final int REPORT_CONNECTION_LENGTH = 8;

    /** int64 in a gap's payload: frames lost. */
    static final int GAP_FRAMES_OFFSET = 0;
    /** int64 in a gap's payload: signals lost. */
    static final int GAP_SIGNALS_OFFSET = 8;
    /** int64 in a gap's payload: time of the last record lost. */
    static final int GAP_LAST_TIME_OFFSET = 16;
    /** int64 in a gap's payload: events of the link and of feeds' health, and times of sent signals, that were lost. */
    static final int GAP_OTHERS_OFFSET = 24;
    /** Bytes of a gap's payload where frames and signals alone were lost. */
    static final int GAP_LENGTH = 24;
    /** Bytes of a gap's payload where other records were lost too. */
    static final int GAP_OF_OTHERS_LENGTH = 32;

    /** Bytes of a signal's payload. */
    static final int SIGNAL_LENGTH = SignalListener.BODY_LENGTH;

    /** No record is longer, header included; a reader takes a greater length for damage. */
    static final int MAX_RECORD_LENGTH = 1 << 20;

    /** The version in which a record of such a type and length came. */
    static int versionOf(final int type, final int length) {
        // In version 4 a SIGNAL_SENT always had a time: its reader would take "not known" for one.
        if (type == SIGNAL_SENT || type == JOURNAL_GAP && length == GAP_OF_OTHERS_LENGTH) {
            return SCHEMA_VERSION;
        }
        return type >= FEED_HEALTH ? 3 : type >= LINK_REPORT ? 2 : FIRST_VERSION;
    }

    private RecordLayout() {
    }
}
