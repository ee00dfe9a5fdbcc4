/**
 * Orders one by one: found by their reference, queued in price and time priority, summed up in price levels. Knows
 * nothing of feeds, instruments or trust; {@code book} does.
 *
 * <p>May depend on nothing of ours. Runs on the receive thread, but for {@code MemoryThread}, which does
 * nothing but take memory from the system and give it back.
 *
 * <h2>Where things lie</h2>
 *
 * <p>Orders and levels are records of 32 bytes outside the Java heap, two to a cache line, that never move; a freed
 * one is the next to be used. {@code OrderTable} finds an order by its 64-bit reference: open addressing, linear
 * probing, eight bytes a slot, of which half is a piece of the hash, so that strangers are passed over without looking
 * at their records. A deleted order leaves no mark: those behind it in its run move up. Each side of a book has its
 * levels sorted with the best one last, so that what happens near the best price moves little; the two sides of a book share
 * a cache line that says where their levels are, and these lie outside the heap too, so that a book that grows deeper than it
 * ever was allocates nothing on it. Large pieces ask the kernel for huge pages.
 *
 * <h2>Growth</h2>
 *
 * <p>Twice as much is taken whenever something is full, and no single update pays for it. Records lie in address
 * space that was set aside for as many as there may be ({@code GrowingMemory}), so that nothing is copied and an address is one
 * addition. The table is replaced by one of twice its size, eight
 * slots with each update, in the order of their hashes: a comparison with the place reached says in which of the two
 * tables an order is, so there is never a second look. Memory for the next step is taken from the system and written to
 * on another thread long before it is needed. Should it not be there in time, the receive thread takes it itself, which
 * is counted; it does not refuse an order because a thread was late, since then a replay could differ.
 */
package io.tickbridge.gateway.book.order;
