package io.tickbridge.protocol;

/** Numbers that the link's definition cannot express. See SPECIFICATION.md. */
public final class Link {
    /** Every frame begins with a header of this many bytes. */
    public static final int HEADER_LENGTH = FrameHeaderEncoder.ENCODED_LENGTH;
    /** No frame is longer, in bytes; a longer frameLength is an error of the peer. */
    public static final int MAX_FRAME_LENGTH = 1024;
    /** Header flag: the frame is sequenced. */
    public static final int FLAG_SEQUENCED = 1;
    /** Header flag: the frame's last {@link #TAG_LENGTH} bytes are its tag. */
    public static final int FLAG_SEALED = 2;
    /** Bytes of a sealed frame's tag. */
    public static final int TAG_LENGTH = 16;
    /** Bytes of the signal body, the compared part at the start of the Signal message. */
    public static final int SIGNAL_BODY_LENGTH = 64;

    private Link() {
    }
}
