package io.tickbridge.gateway.inspect;

import java.util.List;

/** A file that holds a feed's messages without any network around them. */
public interface MessageFile {

    /**
     * Reads it from end to end, as if its messages had come in datagrams.
     *
     * @param channel where they are to have come from
     * @param visitor takes the datagrams
     * @return what was left out, in words, naming the file; empty when all was read
     */
    List<String> read(CaptureChannel channel, DatagramVisitor visitor);
}
