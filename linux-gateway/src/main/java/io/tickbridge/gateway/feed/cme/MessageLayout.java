package io.tickbridge.gateway.feed.cme;

import java.util.List;
import java.util.Optional;
import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.Types;

/**
 * One message of the schema as the generator describes it: a flat list of tokens. Finds what contradicts the lengths
 * of a message on the wire before the generic decoder walks it, which checks nothing itself.
 */
final class MessageLayout {
    private final List<Token> tokens;

    MessageLayout(final List<Token> tokens) {
        this.tokens = tokens;
    }

    List<Token> tokens() {
        return tokens;
    }

    /**
     * Looks for a contradiction. Groups after the first may be left out, where the message ends.
     *
     * @param block       where the root block begins
     * @param blockLength its bytes on the wire
     * @param end         where the message ends
     * @param version     of the schema that the message was encoded with
     * @return what is wrong, or nothing
     */
    Optional<String> contradiction(
            final DirectBuffer buffer, final int block, final int blockLength, final int end, final int version) {
        if (blockLength > end - block) {
            return Optional.of("a block of " + blockLength + " bytes where " + (end - block) + " are left");
        }
        final int needed = extent(1, version);
        if (blockLength < needed) {
            return Optional.of("a block of " + blockLength + " bytes where version " + version + " has " + needed);
        }
        int position = block + blockLength;
        boolean isFirst = true;
        for (int i = 1; i < tokens.size(); i += tokens.get(i).componentTokenCount()) {
            final Token token = tokens.get(i);
            if (token.signal() != Signal.BEGIN_GROUP || token.version() > version) {
                continue;
            }
            if (!isFirst && position == end) {
                break;
            }
            isFirst = false;
            final int head = tokens.get(i + 1).encodedLength();
            if (end - position < head) {
                return Optional.of("group " + token.name() + " begins past the end of its message");
            }
            final int entryLength = dimension(buffer, position, tokens.get(i + 2));
            final int count = dimension(buffer, position, tokens.get(i + 3));
            position += head;
            if (count * entryLength > end - position) {
                return Optional.of("group " + token.name() + " claims " + count + " entries of " + entryLength
                        + " bytes where " + (end - position) + " bytes are left");
            }
            final int entry = extent(i + 1 + tokens.get(i + 1).componentTokenCount(), version);
            if (count > 0 && entryLength < entry) {
                return Optional.of("group " + token.name() + " has entries of " + entryLength + " bytes where version "
                        + version + " has " + entry);
            }
            position += count * entryLength;
        }
        return Optional.empty();
    }

    /**
     * The tokens of what a message without contradiction holds: all, or those before the groups that it leaves out.
     *
     * @param block       where the root block begins
     * @param blockLength its bytes on the wire
     * @param end         where the message ends
     * @param version     of the schema that the message is read as
     * @return the tokens to decode it by
     */
    List<Token> present(
            final DirectBuffer buffer, final int block, final int blockLength, final int end, final int version) {
        int position = block + blockLength;
        for (int i = 1; i < tokens.size(); i += tokens.get(i).componentTokenCount()) {
            final Token token = tokens.get(i);
            if (token.signal() == Signal.BEGIN_GROUP && token.version() <= version) {
                if (position == end) {
                    return tokens.subList(0, i);
                }
                position += tokens.get(i + 1).encodedLength() + dimension(buffer, position, tokens.get(i + 2))
                        * dimension(buffer, position, tokens.get(i + 3));
            }
        }
        return tokens;
    }

    /** Bytes up to the end of the last field that this version has, among the fields from this token on. */
    private int extent(final int firstField, final int version) {
        int extent = 0;
        for (int i = firstField; tokens.get(i).signal() == Signal.BEGIN_FIELD; i += tokens.get(i).componentTokenCount()) {
            final Token type = tokens.get(i + 1);
            if (tokens.get(i).version() <= version && !type.isConstantEncoding()) {
                extent = Math.max(extent, type.offset() + type.encodedLength());
            }
        }
        return extent;
    }

    private static int dimension(final DirectBuffer buffer, final int head, final Token token) {
        return (int) Types.getLong(buffer, head + token.offset(), token.encoding());
    }
}
