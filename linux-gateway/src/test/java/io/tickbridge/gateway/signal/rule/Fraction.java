package io.tickbridge.gateway.signal.rule;

import java.math.BigInteger;

/** An exact fraction with a positive denominator: what the tests' models calculate with, so that they need no care. */
record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {

    static Fraction of(final long number) {
        return new Fraction(BigInteger.valueOf(number), BigInteger.ONE);
    }

    Fraction plus(final Fraction other) {
        return new Fraction(numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Fraction minus(final Fraction other) {
        return plus(other.negated());
    }

    Fraction times(final Fraction other) {
        return new Fraction(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Fraction over(final Fraction positive) {
        return new Fraction(numerator.multiply(positive.denominator), denominator.multiply(positive.numerator));
    }

    Fraction negated() {
        return new Fraction(numerator.negate(), denominator);
    }

    int signum() {
        return numerator.signum();
    }

    BigInteger floor() {
        final BigInteger[] parts = numerator.divideAndRemainder(denominator);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    BigInteger towardsZero() {
        return numerator.divide(denominator);
    }

    @Override
    public int compareTo(final Fraction other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
