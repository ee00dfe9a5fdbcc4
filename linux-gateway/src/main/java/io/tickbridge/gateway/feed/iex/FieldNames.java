package io.tickbridge.gateway.feed.iex;

import java.util.Map;
import java.util.StringJoiner;

/** Words for the codes and flags of the messages, from "Message Formats" and Appendix A of the specifications. */
final class FieldNames {
    static final Map<Character, String> SYSTEM_EVENT = Map.of(
            'O', "START_OF_MESSAGES",
            'S', "START_OF_SYSTEM_HOURS",
            'R', "START_OF_REGULAR_MARKET_HOURS",
            'M', "END_OF_REGULAR_MARKET_HOURS",
            'E', "END_OF_SYSTEM_HOURS",
            'C', "END_OF_MESSAGES");
    static final Map<Character, String> LULD_TIER = Map.of(
            '\0', "NOT_APPLICABLE",
            '\1', "TIER_1",
            '\2', "TIER_2");
    static final Map<Character, String> TRADING_STATUS = Map.of(
            'H', "HALTED",
            'O', "ORDER_ACCEPTANCE_PERIOD",
            'P', "PAUSED",
            'T', "TRADING");
    static final Map<Character, String> OPERATIONAL_HALT_STATUS = Map.of(
            'O', "HALTED",
            'N', "NOT_HALTED");
    static final Map<Character, String> SHORT_SALE_PRICE_TEST_STATUS = Map.of(
            '\0', "NOT_IN_EFFECT",
            '\1', "IN_EFFECT");
    static final Map<Character, String> SHORT_SALE_PRICE_TEST_DETAIL = Map.of(
            ' ', "NO_PRICE_TEST",
            'A', "ACTIVATED",
            'C', "CONTINUED",
            'D', "DEACTIVATED",
            'N', "NOT_AVAILABLE");
    static final Map<Character, String> RETAIL_LIQUIDITY = Map.of(
            ' ', "NOT_APPLICABLE",
            'A', "BUY",
            'B', "SELL",
            'C', "BUY_AND_SELL");
    static final Map<Character, String> SECURITY_EVENT = Map.of(
            'O', "OPENING_PROCESS_COMPLETE",
            'C', "CLOSING_PROCESS_COMPLETE");
    static final Map<Character, String> EVENT_FLAGS = Map.of(
            '\0', "IN_TRANSITION",
            '\1', "COMPLETE");
    static final Map<Character, String> SIDE = Map.of(
            '8', "BUY",
            '5', "SELL");
    static final Map<Character, String> PRICE_TYPE = Map.of(
            'Q', "OPENING",
            'M', "CLOSING");
    static final Map<Character, String> AUCTION_TYPE = Map.of(
            'O', "OPENING",
            'C', "CLOSING",
            'I', "IPO",
            'H', "HALT",
            'V', "VOLATILITY");
    static final Map<Character, String> IMBALANCE_SIDE = Map.of(
            'B', "BUY",
            'S', "SELL",
            'N', "NONE");

    private static final String[] DIRECTORY_FLAGS = {"TEST_SECURITY", "WHEN_ISSUED", "ETP"};
    private static final String[] QUOTE_FLAGS = {"NOT_AVAILABLE", "EXTENDED_SESSION"};
    private static final int MAINTAIN_PRIORITY = 1;
    private static final String[] SALE_CONDITION_FLAGS =
        {"INTERMARKET_SWEEP", "EXTENDED_HOURS", "ODD_LOT", "TRADE_THROUGH_EXEMPT", "SINGLE_PRICE_CROSS"};

    private FieldNames() {
    }

    static String directoryFlags(final int flags) {
        return flags(flags, DIRECTORY_FLAGS);
    }

    static String quoteFlags(final int flags) {
        return flags(flags, QUOTE_FLAGS);
    }

    static String modifyFlags(final int flags) {
        final String priority = (flags & MAINTAIN_PRIORITY) == 0 ? "RESET_PRIORITY" : "MAINTAIN_PRIORITY";
        final int rest = flags & ~MAINTAIN_PRIORITY;
        return rest == 0 ? priority : priority + "|" + hex(rest);
    }

    static String saleConditionFlags(final int flags) {
        return flags(flags, SALE_CONDITION_FLAGS);
    }

    /** A code's word, or its number where the specification has none. */
    static String word(final Map<Character, String> words, final int code) {
        final String word = words.get((char) code);
        return word != null ? word : hex(code);
    }

    static String hex(final int code) {
        return String.format("0x%02x", code);
    }

    /** Names of the bits that are set, from the highest bit down; bits without a name as one number. */
    private static String flags(final int flags, final String[] names) {
        final StringJoiner text = new StringJoiner("|").setEmptyValue("NONE");
        int rest = flags;
        for (int i = 0; i < names.length; i++) {
            final int bit = 0x80 >> i;
            if ((flags & bit) != 0) {
                text.add(names[i]);
                rest &= ~bit;
            }
        }
        if (rest != 0) {
            text.add(hex(rest));
        }
        return text.toString();
    }
}
