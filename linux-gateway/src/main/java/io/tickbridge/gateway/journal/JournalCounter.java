package io.tickbridge.gateway.journal;

/** What the journal counts, in the order in which it is shown. Each has one writing thread. */
public enum JournalCounter {
    /** Frames appended to the queue. Journal thread. */
    FRAMES("frames"),
    /** Signals appended to the queue. Journal thread. */
    SIGNALS("signals"),
    /** Reports of add-ons appended to the queue. Journal thread. */
    LINK_REPORTS("link reports"),
    /** Events of the link appended to the queue. Journal thread. */
    LINK_EVENTS("link events"),
    /** Events of the link that found no room in the ring. Receive thread. */
    REFUSED_LINK_EVENTS("link events lost: ring full"),
    /** Reports and events of the link taken from the ring after the journal had failed. Journal thread. */
    UNWRITTEN_LINK_RECORDS("link records lost: journal failed"),
    /** Bytes of records taken from the ring and appended to the queue. Journal thread. */
    BYTES("bytes"),
    /** Frames that found no room in the ring, or were too long for it. Receive thread. */
    REFUSED_FRAMES("frames lost: ring full"),
    /** Signals that found no room in the ring. Receive thread. */
    REFUSED_SIGNALS("signals lost: ring full"),
    /** Frames taken from the ring after the journal had failed. Journal thread. */
    UNWRITTEN_FRAMES("frames lost: journal failed"),
    /** Signals taken from the ring after the journal had failed. Journal thread. */
    UNWRITTEN_SIGNALS("signals lost: journal failed"),
    /** Events of a feed's health appended to the queue. Journal thread. */
    HEALTH_EVENTS("feed health events"),
    /** Events of a feed's health that found no room in the ring, or came after the journal had failed. Receive thread. */
    LOST_HEALTH_EVENTS("feed health events lost: ring full"),
    /** Times at which signals were sent, appended to the queue. Journal thread. */
    SIGNAL_TIMES("signal times"),
    /** Times at which signals were sent that found no room in the ring. Receive thread. */
    REFUSED_SIGNAL_TIMES("signal times lost: ring full"),
    /** Times that the file was forced to disk. Keeper's thread. */
    SYNCS("syncs"),
    /** Files deleted because of their age or of the journal's size. Keeper's thread. */
    FILES_DELETED("files deleted"),
    /** 1 once nothing more is journalled. Journal thread. */
    STOPPED("stopped"),
    /** Most bytes seen waiting in the ring. Journal thread. */
    RING_HIGH_WATER("ring high-water mark, bytes");

    private final String label;

    JournalCounter(final String label) {
        this.label = label;
    }

    /**
     * Name for people.
     *
     * @return lower case words
     */
    public String label() {
        return label;
    }
}
