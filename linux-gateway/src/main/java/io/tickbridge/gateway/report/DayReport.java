package io.tickbridge.gateway.report;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.gateway.export.DiskRoom;
import io.tickbridge.gateway.export.ExportException;
import io.tickbridge.gateway.export.SignalBooks;
import io.tickbridge.gateway.export.TableQuery;
import io.tickbridge.gateway.page.StandalonePage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
     * @param books    around which signals books are shown
     */
    public record Source(String name, Path tables, Path journal, LocalDate day, List<String> problems, BookChoice books) {
    }

    /**
     * Writes the page. The file has its name once it is whole.
     *
     * @param source  what it is made from
     * @param file    where to
     * @param room    on its disk
     * @param notices takes lines about the progress
     * @return what the page says is not complete, besides the source's problems
     * @throws IOException     when something cannot be read or written
     * @throws ExportException when nothing was recorded on that day
     */
    public static List<String> write(final Source source, final Path file, final DiskRoom room, final Consumer<String> notices)
            throws IOException {
        requireDay(source);
        final Map<String, Answer> answers = new LinkedHashMap<>();
        final byte[] page = StandalonePage.of("Tickbridge: " + title(source), resource("report.html"), resource("report.css"),
                resource("report.js"), JSON.std.asString(data(source, answers, notices))).getBytes(StandardCharsets.UTF_8);
        room.require(page.length);
        final Path target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        final Path temporary = target.resolveSibling("." + target.getFileName() + ".unfinished");
        Files.write(temporary, page);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        final Answer losses = answers.get("losses");
        return losses.rows().stream().filter(row -> ((Number) losses.value(row, "amount")).longValue() != 0)
                .map(row -> losses.value(row, "amount") + " " + losses.value(row, "what")).toList();
    }

    private static String title(final Source source) {
        return source.name() + (source.day() == null ? "" : ", " + source.day());
    }

    /** A page that says nothing of a day that nothing is known of would be taken for one of a quiet day. */
    private static void requireDay(final Source source) throws IOException {
        final List<LocalDate> days = TableQuery.days(source.tables());
        if (days.isEmpty() || source.day() != null && !days.contains(source.day())) {
            throw new ExportException("nothing was journalled" + (source.day() == null ? "" : " on " + source.day()) + " in " + source.name()
                    + (days.isEmpty() ? "" : ": there are " + (days.size() == 1 ? days.get(0) : days.size() + " days from " + days.get(0) + " to "
                            + days.get(days.size() - 1))));
        }
    }

    private static String resource(final String name) {
        return StandalonePage.resource(DayReport.class, name);
    }

    private static Map<String, Object> data(final Source source, final Map<String, Answer> answers, final Consumer<String> notices)
            throws IOException {
        final Map<String, Object> shown = new LinkedHashMap<>();
        try (TableQuery query = TableQuery.open(source.tables(), source.day())) {
            notices.accept("asking " + ReportQueries.all(source.books()).size() + " questions");
            ReportQueries.all(source.books()).forEach((name, sql) -> {
                final Answer answer = new Answer();
                query.ask(sql, answer);
                answers.put(name, answer);
                shown.put(name, answer.json(sql));
            });
        }
        final Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", source.name());
        data.put("day", source.day() == null ? null : source.day().toString());
        data.put("problems", source.problems());
        data.put("answers", shown);
        data.put("hasJournal", source.journal() != null);
        if (source.journal() != null) {
            final Answer signals = answers.get(ReportQueries.SHOWN_SIGNALS);
            missing(source.books(), signals).forEach(number -> notices.accept("--signal " + number
                    + ": there is no signal of this number; `replay --signals` lists those there are"));
            notices.accept("building the books around " + signals.rows().size() + " signals");
            data.put("books", books(source.journal(), signals));
        }
        return data;
    }

    /** What was asked for by name and is not there is said, not left out. */
    private static List<Long> missing(final BookChoice choice, final Answer signals) {
        final Set<Long> there = signals.rows().stream().map(row -> ((Number) signals.value(row, "number")).longValue()).collect(Collectors.toSet());
        return choice.signals().stream().filter(number -> !there.contains(number)).distinct().toList();
    }

    /** By run and number; as text at once, so that a book takes no more memory than in the page. */
    private static Map<String, String> books(final Path journal, final Answer signals) {
        final Set<SignalBooks.Key> wanted = signals.rows().stream().map(row -> new SignalBooks.Key(
                ((Number) signals.value(row, "run")).longValue(), ((Number) signals.value(row, "number")).longValue()))
                .collect(Collectors.toSet());
        final Map<String, String> books = new LinkedHashMap<>();
        SignalBooks.find(journal, wanted, (key, book) -> books.put(key.run() + ":" + key.number(), BookText.of(book)));
        return books;
    }
}
