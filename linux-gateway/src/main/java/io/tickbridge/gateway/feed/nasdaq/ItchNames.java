package io.tickbridge.gateway.feed.nasdaq;

import java.util.Map;

/** Words for the codes of the messages, from "Message Formats" in Nasdaq TotalView-ITCH 5.0. */
final class ItchNames {
    static final Map<Character, String> SYSTEM_EVENT = Map.of(
            'O', "START_OF_MESSAGES",
            'S', "START_OF_SYSTEM_HOURS",
            'Q', "START_OF_MARKET_HOURS",
            'M', "END_OF_MARKET_HOURS",
            'E', "END_OF_SYSTEM_HOURS",
            'C', "END_OF_MESSAGES");
    static final Map<Character, String> MARKET_CATEGORY = Map.of(
            'Q', "NASDAQ_GLOBAL_SELECT_MARKET",
            'G', "NASDAQ_GLOBAL_MARKET",
            'S', "NASDAQ_CAPITAL_MARKET",
            'N', "NYSE",
            'A', "NYSE_AMERICAN",
            'P', "NYSE_ARCA",
            'M', "NYSE_TEXAS",
            'Z', "BATS_Z",
            'V', "INVESTORS_EXCHANGE",
            ' ', "NOT_AVAILABLE");
    static final Map<Character, String> FINANCIAL_STATUS = Map.of(
            'D', "DEFICIENT",
            'E', "DELINQUENT",
            'Q', "BANKRUPT",
            'S', "SUSPENDED",
            'G', "DEFICIENT_AND_BANKRUPT",
            'H', "DEFICIENT_AND_DELINQUENT",
            'J', "DELINQUENT_AND_BANKRUPT",
            'K', "DEFICIENT_DELINQUENT_AND_BANKRUPT",
            'C', "CREATIONS_OR_REDEMPTIONS_SUSPENDED",
            'N', "NORMAL");
    static final Map<Character, String> TRADING_STATE = Map.of(
            'H', "HALTED",
            'P', "PAUSED",
            'Q', "QUOTATION_ONLY",
            'T', "TRADING");
    static final Map<Character, String> REG_SHO_ACTION = Map.of(
            '0', "NO_PRICE_TEST",
            '1', "RESTRICTION_IN_EFFECT",
            '2', "RESTRICTION_REMAINS_IN_EFFECT");
    static final Map<Character, String> MARKET_MAKER_MODE = Map.of(
            'N', "NORMAL",
            'P', "PASSIVE",
            'S', "SYNDICATE",
            'R', "PRE_SYNDICATE",
            'L', "PENALTY");
    static final Map<Character, String> PARTICIPANT_STATE = Map.of(
            'A', "ACTIVE",
            'E', "EXCUSED",
            'W', "WITHDRAWN",
            'S', "SUSPENDED",
            'D', "DELETED");
    static final Map<Character, String> BREACHED_LEVEL = Map.of(
            '1', "LEVEL_1",
            '2', "LEVEL_2",
            '3', "LEVEL_3");
    static final Map<Character, String> QUOTATION_RELEASE = Map.of(
            'A', "ANTICIPATED",
            'C', "CANCELED_OR_POSTPONED");
    static final Map<Character, String> MARKET_CODE = Map.of(
            'Q', "NASDAQ",
            'B', "BX",
            'X', "PSX");
    static final Map<Character, String> HALT_ACTION = Map.of(
            'H', "HALTED",
            'T', "LIFTED");
    static final Map<Character, String> SIDE = Map.of(
            'B', "BUY",
            'S', "SELL");
    static final Map<Character, String> CROSS_TYPE = Map.of(
            'O', "OPENING",
            'C', "CLOSING",
            'H', "IPO_OR_HALTED",
            'I', "INTRADAY",
            'A', "EXTENDED_TRADING_CLOSE");
    static final Map<Character, String> IMBALANCE_DIRECTION = Map.of(
            'B', "BUY",
            'S', "SELL",
            'N', "NONE",
            'O', "INSUFFICIENT_ORDERS",
            'P', "PAUSED");
    static final Map<Character, String> INTEREST = Map.of(
            'B', "BUY_SIDE",
            'S', "SELL_SIDE",
            'A', "BOTH_SIDES",
            'N', "NONE");
    static final Map<Character, String> YES_NO = Map.of(
            'Y', "YES",
            'N', "NO",
            ' ', "NOT_AVAILABLE");
    static final Map<Character, String> IPO_FLAG = Map.of(
            'Y', "YES",
            'N', "NO",
            'Z', "NEW_ISSUE_WITHOUT_IPO",
            ' ', "NOT_AVAILABLE");
    static final Map<Character, String> AUTHENTICITY = Map.of(
            'P', "PRODUCTION",
            'T', "TEST");
    static final Map<Character, String> LULD_TIER = Map.of(
            '1', "TIER_1",
            '2', "TIER_2",
            ' ', "NOT_APPLICABLE");

    private ItchNames() {
    }

    /** A code's word; where the specification has none, the character itself, or its number when it is not printable. */
    static String word(final Map<Character, String> words, final int code) {
        final String word = words.get((char) code);
        return word != null ? word : text(code);
    }

    static String text(final int code) {
        return code > ' ' && code <= '~' ? String.valueOf((char) code) : String.format("0x%02x", code);
    }
}
