/**
 * What the fuzz targets share: how a fuzzer's bytes are cut into pieces, and where their seeds come from. Targets lie in the
 * packages that they fuzz, are named {@code …FuzzTest}, one a class, and throw when what came out contradicts a second, simpler
 * reading of the same bytes.
 */
package io.tickbridge.gateway.fuzz;
