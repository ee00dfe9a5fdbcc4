package io.tickbridge.gateway.signal;

/**
 * What the link's SignalDefinition says of a configured rule.
 *
 * @param number     place of the rule in the configuration, from 1
 * @param kind       name of its kind
 * @param name       by which add-ons know it, at most 32 ASCII characters
 * @param parameters {@code key=value} pairs with a space between them, defaults filled in, at most 192 ASCII
 *                   characters
 */
public record RuleDescription(int number, String kind, String name, String parameters) {
}
