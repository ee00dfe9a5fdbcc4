package io.tickbridge.gateway.journal;

import org.agrona.DirectBuffer;

/**
 * Takes the records of a journal from a {@link JournalReader}, in the order in which they were written, on the
 * thread that reads. Memory passed is valid until the method returns. An index is Chronicle's own: day and place in
 * the day.
 */
public interface JournalRecordHandler {

    /**
     * A run begins. The one before it, if it did not stop in order, was cut.
     *
     * @param index of the record
     * @param run   what was started
     */
    void onRunStarted(long index, RunStarted run);

    /**
     * One frame.
     *
     * @param index       of the record
     * @param buffer      memory that holds the frame
     * @param offset      where it begins
     * @param length      bytes of the frame
     * @param receiveTime ns since the Unix epoch
     * @param line        the configured feed line it came in on, from 0 over all feeds
     */
    void onFrame(long index, DirectBuffer buffer, int offset, int length, long receiveTime, int line);

    /**
     * One signal.
     *
     * @param index       of the record
     * @param body        memory that holds the 64 bytes of its body
     * @param offset      where they begin
     * @param receiveTime ns since the Unix epoch when the frame that caused it arrived
     */
    void onSignal(long index, DirectBuffer body, int offset, long receiveTime);

    /**
     * Here records were lost on the way into the journal, because the ring was full.
     *
     * @param index     of the record
     * @param frames    frames lost
     * @param signals   signals lost
     * @param firstTime receive time of the first record lost, ns since the Unix epoch
     * @param lastTime  receive time of the last record lost
     */
    void onGap(long index, long frames, long signals, long firstTime, long lastTime);

    /**
     * Here records other than frames and signals were lost on the way into the journal: events of the link, of feeds' health, times
     * of sent signals. Of the same record as {@link #onGap} where frames or signals were lost too, and before it. What the
     * pipeline does is not touched by it.
     *
     * @param index     of the record
     * @param records   records lost
     * @param firstTime time of the first record lost, whatever it was, ns since the Unix epoch
     * @param lastTime  time of the last
     */
    default void onOthersLost(final long index, final long records, final long firstTime, final long lastTime) {
    }

    /**
     * What an add-on reported of its trading: a frame of the link.
     *
     * @param index       of the record
     * @param connection  number of the connection it came on; a link event says whose
     * @param buffer      memory that holds the frame
     * @param offset      where it begins
     * @param length      bytes of the frame
     * @param receiveTime ns since the Unix epoch
     */
    default void onLinkReport(
            final long index, final long connection, final DirectBuffer buffer, final int offset, final int length,
            final long receiveTime) {
    }

    /**
     * Something happened on the link.
     *
     * @param index of the record
     * @param event what
     * @param time  ns since the Unix epoch
     */
    default void onLinkEvent(final long index, final LinkEvent event, final long time) {
    }

    /**
     * Something concerns how far a feed can be trusted.
     *
     * @param index  of the record
     * @param health what
     * @param time   ns since the Unix epoch when it was noticed
     */
    default void onFeedHealth(final long index, final FeedHealth health, final long time) {
    }

    /**
     * A signal was handed to the sockets of the add-ons. Comes after the signal, and not for each: only those that a link
     * was told of, and not before schema version 4.
     *
     * @param index     of the record
     * @param session   of the link
     * @param sequence  of the signal in that session, by which add-ons' reports name it
     * @param number    of the signal in its run, as in its body
     * @param readyTime ns since the Unix epoch when the link had it
     * @param sentTime  ns since the Unix epoch when the link had written what its burst caused; 0 where some add-on's socket was full
     *                  and had not yet taken it
     * @param peers     add-ons logged on
     */
    default void onSignalSent(final long index, final long session, final long sequence, final long number,
            final long readyTime, final long sentTime, final long peers) {
    }

    /**
     * A run ended in order.
     *
     * @param index of the record
     * @param run   why, and what was counted
     */
    void onRunStopped(long index, RunStopped run);

    /**
     * Here the journal is not as it was written, and what cannot be trusted was left out.
     *
     * @param index  of the first record concerned
     * @param damage what was found
     */
    void onDamaged(long index, JournalDamage damage);
}
