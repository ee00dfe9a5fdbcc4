package io.tickbridge.gateway.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Gives the frames back as they came, in one pcapng file: ns times, the line in the interface's name. */
public final class PcapngExport {
    private PcapngExport() {
    }

    /**
     * Writes the file. It has its name once it is whole.
     *
     * @param journal the journal's directory
     * @param file    what to write
     * @param range   which frames
     * @param notices takes lines about the progress
     * @return how many frames were written
     * @throws IOException when the file cannot be written
     */
    public static ExportResult write(
            final Path journal, final Path file, final ExportRange range, final Consumer<String> notices) throws IOException {
        final Path temporary = FinishedFile.temporary(file);
        final ExportResult result;
        try (PcapngFile pcapng = new PcapngFile(temporary)) {
            result = FrameWalk.of(journal, range, notices, (lines, buffer, offset, length, receiveTime, line) ->
                    pcapng.frame(pcapng.interfaceOf(lines.name(line)), receiveTime, buffer, offset, length));
            pcapng.finish();
        }
        FinishedFile.finish(temporary, file);
        return result;
    }
}
