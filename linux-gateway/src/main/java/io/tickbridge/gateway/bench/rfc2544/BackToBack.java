package io.tickbridge.gateway.bench.rfc2544;

/**
 * The longest burst that arrives whole.
 *
 * @param frames      mean over all repetitions
 * @param shortest    of the repetitions' longest bursts
 * @param isUnlimited whether in every repetition the longest burst that was tried arrived whole
 * @param repetitions how often it was searched for
 */
public record BackToBack(double frames, int shortest, boolean isUnlimited, int repetitions) {
}
