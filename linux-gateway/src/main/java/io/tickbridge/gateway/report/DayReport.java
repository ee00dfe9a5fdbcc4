package io.tickbridge.gateway.report;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.gateway.export.SignalBook;
import io.tickbridge.gateway.export.SignalBooks;
import io.tickbridge.gateway.export.TableQuery;
import io.tickbridge.gateway.page.StandalonePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Asks the tables of a journal, and writes what they answer as a page. The same journal gives the same page, byte for byte. */
public final class DayReport {
    private DayReport() {
    }

    /**
     * What a report is made from.
     *
     * @param name     shown in the title
     * @param tables   where the journal's tables were exported to
     * @param journal  its directory, from which books are built; null when only tables are there
     * @param day      UTC day of journalling; null for all
     * @param problems what the export found missing or damaged
     */
    public record Source(String name, Path tables, Path journal, LocalDate day, List<String> problems) {
    }

    /**
     * Writes the page. The file has its name once it is whole.
     *
     * @param source  what it is made from
     * @param file    where to
     * @param notices takes lines about the progress
     * @throws IOException when something cannot be read or written
     */
    public static void write(final Source source, final Path file, final Consumer<String> notices) throws IOException {
        final String json = JSON.std.asString(data(source, notices));
        final Path target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        final Path temporary = target.resolveSibling("." + target.getFileName() + ".unfinished");
        Files.writeString(temporary, StandalonePage.of("Tickbridge: " + source.name(), resource("report.html"),
                resource("report.css"), resource("report.js"), json));
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String resource(final String name) {
        return StandalonePage.resource(DayReport.class, name);
    }

    private static Map<String, Object> data(final Source source, final Consumer<String> notices) throws IOException {
        final Map<String, Object> answers = new LinkedHashMap<>();
        final Answer shown = new Answer();
        try (TableQuery query = TableQuery.open(source.tables(), source.day())) {
            ReportQueries.all().forEach((name, sql) -> {
                notices.accept(name.replace('_', ' '));
                final Answer answer = name.equals(ReportQueries.SHOWN_SIGNALS) ? shown : new Answer();
                query.ask(sql, answer);
                answers.put(name, answer.json(sql));
            });
        }
        final Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", source.name());
        data.put("day", source.day() == null ? null : source.day().toString());
        data.put("problems", source.problems());
        data.put("answers", answers);
        data.put("hasJournal", source.journal() != null);
        if (source.journal() != null) {
            notices.accept("books around signals");
            data.put("books", books(source.journal(), shown));
        }
        return data;
    }

    private static Map<String, Object> books(final Path journal, final Answer shown) {
        final Set<SignalBooks.Key> wanted = shown.rows().stream().map(row -> new SignalBooks.Key(
                ((Number) shown.value(row, "run")).longValue(), ((Number) shown.value(row, "number")).longValue()))
                .collect(Collectors.toSet());
        final Map<SignalBooks.Key, SignalBook> found = SignalBooks.of(journal, wanted);
        final Map<String, Object> json = new LinkedHashMap<>();
        shown.rows().forEach(row -> {
            final long run = ((Number) shown.value(row, "run")).longValue();
            final long number = ((Number) shown.value(row, "number")).longValue();
            final SignalBook book = found.get(new SignalBooks.Key(run, number));
            if (book != null) {
                json.put(run + ":" + number, BookJson.of(book));
            }
        });
        return json;
    }
}
