package io.tickbridge.gateway.feed.nasdaq;

/**
 * Which MoldUDP64 session a feed follows. A new one is followed at once when the old one was ended or when the packet
 * shows the new one's beginning; otherwise only after so many packets of it in a row, since a single one may be a stray
 * or spoilt. Packets of the session before are late copies and nothing else.
 *
 * <p>One thread; allocates nothing after construction.
 */
final class FollowedSession {
    /** Packets of one other session in a row that make it the one to follow. A sender idles at one a second. */
    static final int STRAYS_IN_A_ROW = 16;
    private static final long FIRST_OF_SESSION = 1;

    /** What a packet's session is to the feed. */
    enum Verdict {
        /** The one that is followed. */
        FOLLOWED,
        /** Another one. */
        STRAY,
        /** Another one, followed from this packet on. */
        ADOPTED
    }

    private boolean known;
    private boolean ended;
    private long head;
    private short tail;
    private boolean hasPrevious;
    private long previousHead;
    private short previousTail;
    private long strayHead;
    private short strayTail;
    private int strays;

    Verdict judge(final long sessionHead, final short sessionTail, final long sequence) {
        if (known && sessionHead == head && sessionTail == tail) {
            strays = 0;
            return Verdict.FOLLOWED;
        }
        if (!known) {
            known = true;
            head = sessionHead;
            tail = sessionTail;
            return Verdict.FOLLOWED;
        }
        strays = sessionHead == strayHead && sessionTail == strayTail ? strays + 1 : 1;
        strayHead = sessionHead;
        strayTail = sessionTail;
        final boolean isOld = hasPrevious && sessionHead == previousHead && sessionTail == previousTail;
        final boolean begins = !isOld && (ended || sequence == FIRST_OF_SESSION);
        if (!begins && strays < STRAYS_IN_A_ROW) {
            return Verdict.STRAY;
        }
        hasPrevious = true;
        previousHead = head;
        previousTail = tail;
        head = sessionHead;
        tail = sessionTail;
        ended = false;
        strays = 0;
        return Verdict.ADOPTED;
    }

    /** First eight characters of the name of the session that is followed. */
    long head() {
        return head;
    }

    /** Last two characters of it. */
    short tail() {
        return tail;
    }

    /** The followed session was ended; true when that was not known. */
    boolean end() {
        final boolean news = !ended;
        ended = true;
        return news;
    }
}
