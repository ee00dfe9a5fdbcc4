package io.tickbridge.gateway.export;

import java.io.IOException;
import java.nio.file.Path;

/** A process that exports in small parts, and stands still at a record until it is killed. */
final class ExportingChild {
    /** Records of a part, and frames from one note of the place to the next. */
    static final long PART = 3000;

    private ExportingChild() {
    }

    /** Form, journal, out and the record; any other record than one that is there, and it ends by itself. */
    public static void main(final String[] arguments) throws IOException {
        final long stop = Long.parseLong(arguments[3]);
        final ExportResult result = export(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]), new ExportListener() {
            @Override
            public void onNotice(final String line) {
                System.out.println(line);
            }

            @Override
            public void onProgress(final long done, final long total) {
                if (done == stop) {
                    System.out.println("still");
                    try {
                        Thread.sleep(Long.MAX_VALUE);
                    } catch (final InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        });
        System.out.println(result.records());
    }

    static ExportResult export(final String form, final Path journal, final Path out, final ExportListener listener) throws IOException {
        final DiskRoom room = DiskRoom.of(out);
        return switch (form) {
            case "csv" -> TableExport.write(journal, out, TableFormat.CSV, ExportRange.ALL, room, listener, PART);
            case "parquet" -> TableExport.write(journal, out, TableFormat.PARQUET, ExportRange.ALL, room, listener, PART);
            default -> FrameExport.write(FrameExport.Form.valueOf(form), journal, out, ExportRange.ALL, room, listener, PART);
        };
    }
}
