/**
 * Books: base and implied market-by-price for each instrument, and whether a book may be trusted.
 *
 * <p>May depend on {@code feed}, on {@code book.order}, on the venues' keys in its subpackages, and on the protocol's enumerations. Runs on the receive thread; nothing here is
 * shared with another, {@link io.tickbridge.gateway.book.BookCounts} apart.
 *
 * <h2>The known-level rule</h2>
 *
 * <p>An exchange that sends books by position (CME) gives no starting point to one who joins in mid-session, and
 * none after lost packets. Yet each of its updates states something complete: New, Change and Overlay give the whole
 * content of one position; New moves that position and all deeper ones down by one, Delete moves all deeper ones up.
 * So a bit for each position says whether its content is known. Nothing is known at first; what is stated becomes
 * known; and bits move exactly as the levels do, unknown levels with them as placeholders. A level that is
 * known is therefore the exchange's own, at the exchange's own position, without any guess, however late one joined
 * and whatever was lost before. What is not known is never read as a price, and a side that is known to be empty
 * looks like one that is not known: neither has a best level.
 *
 * <p>Three things the rule needs:
 * <ul>
 *   <li>No update may be missing in between. Each instrument's report sequence (CME RptSeq, tag 83) counts its
 *       updates, and a break in it makes every level of that instrument unknown.</li>
 *   <li>Levels that are pushed below the depth which the exchange maintains leave the book without a message. That
 *       depth (tag 264) is taken from {@link io.tickbridge.gateway.book.InstrumentFacts}, else as 1 for the base
 *       book and 2 for the implied one, and grows when a deeper position is named. Believing it smaller than it is
 *       costs knowledge and no more. Believing it greater, as 10 would be for the products that have 3 or 5, keeps levels that have left the market, and deletions above can bring
 *       such a level up even to the best position: no depth may be configured that is greater than the
 *       exchange's.</li>
 *   <li>Delete From (action 4) is read in two opposite ways by those who implement it, and no capture shows it. It
 *       makes its side unknown, which holds in both.</li>
 * </ul>
 *
 * <h2>Loss</h2>
 *
 * <p>When packets were lost on every line, every book of the feed is suspect at once. The next update of an
 * instrument decides for that instrument alone: when its report sequence runs on without a break, nothing of it was
 * lost, and the book is trusted again with all its levels; else its levels are unknown and are learnt again. An update
 * whose report sequence steps back is ignored and makes its book suspect; when the next one runs on, it was a stray,
 * and when that steps back too, or the book was suspect already, the exchange counts anew: the book forgets its
 * levels and follows the new count. When the sender's packet sequence starts anew without an announcement, all books
 * forget their levels and their report sequences at once. Books by price (IEX
 * DEEP) have no such proof and must start from empty: they are kept only from a reset of the feed on, and after a
 * loss only from the next reset. Quotes (IEX TOPS) are complete in themselves; the next one heals.
 *
 * <p>The trading status carries no report sequence: a halt that was among lost packets is noticed with the next status
 * message, or with the next snapshot of the instrument, which is looked at for that alone when nothing else is missing. A
 * snapshot does not say whether the halt that it tells of is the instrument's or its group's: when the group trades again,
 * the instrument waits for the next snapshot or for a status of its own. A book that a snapshot made what it will be after
 * packets to come takes no notice of what they say of it, however their updates are counted.
 *
 * <h2>Single orders</h2>
 *
 * <p>CME's market by order comes beside the levels: {@link io.tickbridge.gateway.book.InstrumentBook#orders} has each order in
 * the place in which it will be filled (price, then the exchange's own priority). Orders bear no report sequence, so nothing
 * but the count of packets proves that none is missing: after any loss all order books of the feed are unknown, even where
 * the levels are proved unharmed, and each waits for a snapshot that took account of the lost packets. It comes in
 * pieces, from either line; updates that came since are kept and applied on top, as many as there is room for, else the next
 * snapshot is waited for. An update that contradicts its book makes that book unknown too. The state of a book is that of
 * its levels; {@link io.tickbridge.gateway.book.InstrumentBook#knowsOrders} is that of its orders.
 *
 * <h2>Books of single orders</h2>
 *
 * <p>A venue that tells of single orders (Nasdaq TotalView) needs every message from the beginning: an order that was
 * missed cannot be seen missing. Its books are kept only from a reset of the feed on, and a loss hides all of them until
 * the next reset, as with books by price. What cannot be, such as an order that is deleted but was never added, more taken
 * away than was there, or an order under another instrument's name, hides that one book until the next reset; other
 * orders are followed on, so that theirs stay whole.
 *
 * <h2>State</h2>
 *
 * <p>The first of these that holds, looked at when an event is complete, and at once on a loss, a reset or a group's
 * change of status:
 * <ol>
 *   <li>{@code NOT_TRADING}: the instrument or its security group is halted. An instrument whose group is not
 *       configured counts as halted while any group of its feed is: {@code group} in its configuration lifts this.</li>
 *   <li>{@code CROSSED}: best bid at or above best offer in the base book.</li>
 *   <li>{@code SEQUENCE_GAP}: suspect, or levels forgotten for a loss and no best bid and offer learnt since.</li>
 *   <li>{@code NOT_YET_KNOWN}: no best bid or no best offer.</li>
 *   <li>{@code INVALID_UPDATE}: levels forgotten because an update could not be applied, and no best bid and offer
 *       learnt since; or the first three known prices of a side are out of order.</li>
 *   <li>{@code TRUSTED}.</li>
 * </ol>
 */
package io.tickbridge.gateway.book;
