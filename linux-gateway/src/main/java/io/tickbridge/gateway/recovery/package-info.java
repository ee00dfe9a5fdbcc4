/**
 * Asks the exchange, over unicast, for what no line delivered, and hands it to the receive thread as frames of further
 * lines. Knows no venue: what requests and answers look like says a {@link io.tickbridge.gateway.feed.GapFill}.
 *
 * <p>The way of a hole: the arbiter holds a later packet and tells {@code GapDemands}, which puts the range into a ring
 * that never blocks. {@code FeedRecovery}, a thread for each feed, waits as long as the other line may take, asks one
 * server after the other, and puts datagrams of the answer into a second ring, each in front of it Ethernet, IPv4 and UDP
 * headers with the server as sender and the feed's recovery line as destination. {@link
 * io.tickbridge.gateway.recovery.RecoveringSource} hands them over behind the frames of the wire. From there on they are
 * frames like all others: filtered, journalled and replayed, so that a replay, which asks nobody, gives the same signals.
 * The arbiter fills the hole when it still waits, and drops the answer when it does not.
 *
 * <p>The way of a snapshot, where a venue has them on request: the feed says that it wants one ({@code SnapshotDemands}),
 * {@code FeedSnapshots}, again a thread for each feed, asks one server after the other as a {@link
 * io.tickbridge.gateway.feed.SnapshotDialogue} says, and hands over what comes as frames of the feed's snapshot line. It waits
 * for the receive thread where that is slower, breaks off when the feed has no use for it any more, and asks nobody any more
 * after too many attempts.
 *
 * <p>Both rings are bounded. When the first is full a hole is not asked for, when the second is, the answer ends there;
 * both are counted, and the hole then is what it is without recovery: a gap, and books in doubt until they heal otherwise.
 *
 * <p>May depend on {@code capture} and {@code feed}. {@code GapDemands}, {@code SnapshotDemands} and {@code
 * RecoveringSource} are the receive thread's; {@code FeedRecovery} and {@code FeedSnapshots} run on threads of their own.
 */
package io.tickbridge.gateway.recovery;
