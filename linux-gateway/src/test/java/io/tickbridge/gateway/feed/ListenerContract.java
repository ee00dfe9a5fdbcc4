package io.tickbridge.gateway.feed;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * A listener that wants everything and holds a decoder to what {@link MarketDataListener} promises of its arguments, whatever
 * was on the wire; writes down what it is told.
 */
public final class ListenerContract {
    /** One call. */
    public record Call(String method, Object[] arguments) {
        public long number(final int index) {
            return ((Number) arguments[index]).longValue();
        }
    }

    private static final int QUANTITY_OF_LEVEL = 6;
    private final List<Call> calls = new ArrayList<>();
    private final MarketDataListener listener = (MarketDataListener) Proxy.newProxyInstance(
            ListenerContract.class.getClassLoader(), new Class<?>[] {MarketDataListener.class},
            (proxy, method, arguments) -> take(method, arguments == null ? new Object[0] : arguments));

    /** To be given to a decoder. */
    public MarketDataListener listener() {
        return listener;
    }

    /** What was told since the last time. */
    public List<Call> take() {
        final List<Call> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    private Object take(final Method method, final Object[] arguments) {
        final Call call = new Call(method.getName(), arguments);
        if (method.getReturnType() == boolean.class) {
            return true;
        }
        check(call);
        calls.add(call);
        return null;
    }

    private static void check(final Call call) {
        switch (call.method) {
            case "onLevel" -> {
                require(call, isSide(call.number(2)), "a side");
                require(call, call.number(3) >= 0 && call.number(3) <= MarketDataListener.ACTION_OVERLAY, "an action");
                require(call, call.number(4) >= 0, "a position");
                require(call, call.number(QUANTITY_OF_LEVEL) >= 0, "a quantity");
            }
            case "onSnapshotLevel" -> require(call, isSide(call.number(0)), "a side");
            case "onPriceLevel" -> {
                require(call, call.number(1) == MarketDataListener.BID || call.number(1) == MarketDataListener.ASK, "a side");
                require(call, call.number(2) > 0 && call.number(3) >= 0, "price and quantity");
            }
            case "onQuote" -> require(call, call.number(2) >= 0 && call.number(4) >= 0, "quantities");
            case "onTrade" -> require(call, call.number(5) >= -1 && call.number(5) <= 1, "an aggressor");
            case "onTradingStatus", "onGroupTradingStatus" -> require(call, call.number(1) >= MarketDataListener.STATUS_UNKNOWN
                    && call.number(1) <= MarketDataListener.STATUS_NOT_TRADING, "a status");
            case "onSequenceGap" -> require(call, call.number(0) <= call.number(1), "a range");
            default -> { }
        }
    }

    private static boolean isSide(final long side) {
        return side >= 0 && side < MarketDataListener.SIDES;
    }

    private static void require(final Call call, final boolean met, final String what) {
        if (!met) {
            throw new AssertionError(call.method + " without " + what + ": " + List.of(call.arguments));
        }
    }
}
