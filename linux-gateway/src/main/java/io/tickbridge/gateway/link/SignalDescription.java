package io.tickbridge.gateway.link;

/**
 * One configured signal rule, as add-ons are told of it.
 *
 * @param rule       its number, from 1, as in every signal
 * @param name       its kind, or as it was named in the configuration; ASCII, at most 32 characters are sent
 * @param parameters {@code key=value}, separated by spaces; ASCII, at most 192 characters are sent
 */
public record SignalDescription(int rule, String name, String parameters) {
}
