package io.tickbridge.gateway.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A part of a fuzzer's input: one byte that tells a target what to do with it, a length of two bytes, the lower one first, and
 * that many bytes, or as many as there are. Whatever the fuzzer writes is a row of pieces.
 *
 * @param control 0 to 255
 * @param bytes   its content
 */
public record Piece(int control, byte[] bytes) {
    private static final int HEAD = 3;

    /** Cuts an input. */
    public static List<Piece> of(final byte[] input) {
        final List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at + HEAD <= input.length) {
            final int length = input[at + 1] & 0xff | (input[at + 2] & 0xff) << Byte.SIZE;
            final int end = Math.min(input.length, at + HEAD + length);
            pieces.add(new Piece(input[at] & 0xff, Arrays.copyOfRange(input, at + HEAD, end)));
            at = end;
        }
        return pieces;
    }

    /** The input that is cut into these. */
    public static byte[] join(final List<Piece> pieces) {
        final ByteArrayOutputStream input = new ByteArrayOutputStream();
        for (final Piece piece : pieces) {
            input.write(piece.control);
            input.write(piece.bytes.length);
            input.write(piece.bytes.length >>> Byte.SIZE);
            input.writeBytes(piece.bytes);
        }
        return input.toByteArray();
    }
}
