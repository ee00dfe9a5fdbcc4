package io.tickbridge.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.tickbridge.gateway.signal.SignalEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may know which, and what the receive thread's packages keep away from. */
class ArchitectureTest {
    private static final String ROOT = "io.tickbridge.gateway";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(SignalEngine.class.getProtectionDomain().getCodeSource().getLocation())
            .that(resideInAPackage(ROOT + ".."));

    /** Each package and those it may know. What stands further down knows nothing of what stands above it. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            entry("cli", Set.of("bench", "bench.rfc2544", "bench.wire", "book", "capture", "config", "doctor", "doctor.ethernet", "export",
                    "feed", "files", "inspect", "journal", "keys",
                    "ops", "pipeline", "placement", "preflight", "replay", "report", "runtime")),
            entry("report", Set.of("export", "page")),
            entry("bench", Set.of("bench.wire", "book", "capture", "capture.burst", "capture.file", "config", "feed", "feed.nasdaq",
                    "filter", "journal", "keys", "link", "pipeline", "placement", "replay", "signal")),
            entry("bench.rfc2544", Set.of("bench.wire", "capture", "page", "placement")),
            entry("bench.wire", Set.of("capture", "config", "placement", "runtime")),
            entry("page", Set.of()),
            entry("doctor", Set.of("config", "doctor.ethernet", "placement")),
            entry("doctor.ethernet", Set.of("placement")),
            entry("runtime", Set.of("book", "capture", "capture.burst", "capture.efvi", "capture.file", "capture.membership",
                    "capture.udp", "config", "doctor", "doctor.ethernet", "feed", "filter", "journal", "link", "ops", "pipeline",
                    "placement", "recovery", "signal", "status")),
            entry("status", Set.of("config", "doctor", "ops")),
            entry("inspect", Set.of("book", "capture", "capture.file", "feed", "feed.arbitration", "feed.cme", "feed.iex",
                    "feed.nasdaq", "filter")),
            entry("export", Set.of("book", "config", "feed", "filter", "inspect", "journal", "pipeline")),
            entry("recovery", Set.of("capture", "feed")),
            entry("replay", Set.of("book", "config", "filter", "journal", "link", "pipeline", "signal")),
            entry("preflight", Set.of("capture", "capture.burst", "capture.claim", "capture.file", "capture.udp", "config", "files",
                    "filter", "link", "ops", "pipeline", "placement")),
            entry("ops", Set.of("files")),
            entry("pipeline", Set.of("book", "capture", "config", "feed", "feed.cme", "feed.iex", "feed.nasdaq", "filter",
                    "link", "signal")),
            entry("keys", Set.of("config")),
            entry("link", Set.of("book", "config", "feed", "keys", "signal", "transport")),
            entry("journal", Set.of("config", "signal")),
            entry("signal.rule", Set.of("book", "feed", "signal")),
            entry("signal", Set.of("book", "config", "feed")),
            entry("book", Set.of("book.order", "feed", "feed.iex")),
            entry("book.order", Set.of()),
            entry("feed.cme", Set.of("feed", "feed.arbitration", "wire")),
            entry("feed.iex", Set.of("feed", "feed.arbitration", "wire")),
            entry("feed.nasdaq", Set.of("feed", "feed.arbitration", "wire")),
            entry("feed.arbitration", Set.of("feed")),
            entry("feed", Set.of()),
            entry("filter", Set.of("wire")),
            entry("capture.udp", Set.of("capture", "capture.claim", "config")),
            entry("capture.claim", Set.of("capture")),
            entry("capture.efvi", Set.of("capture", "capture.burst", "config")),
            entry("capture.membership", Set.of("capture", "filter", "wire")),
            entry("capture.burst", Set.of("capture")),
            entry("capture.file", Set.of("capture", "files")),
            entry("capture", Set.of()),
            entry("placement", Set.of("config")),
            entry("transport", Set.of("config")),
            entry("config", Set.of("files")),
            entry("files", Set.of()),
            entry("wire", Set.of()));

    /** What turns a frame into a signal. */
    private static final String[] FRAME_TO_SIGNAL = packages("wire", "filter", "feed..", "book..", "signal..", "pipeline");

    /**
     * Who may log although the receive thread runs its package: a live source, when it opens sockets or a device or closes
     * them, and on another thread when an interface is gone; and a signal rule, once in a run, when a user's own code has
     * thrown. Membership reports are sent by another thread.
     */
    private static final Set<String> LOGS_OFF_THE_HOT_PATH = Set.of(
            ROOT + ".capture.burst.BurstSource", ROOT + ".capture.udp.UdpMulticastSource",
            ROOT + ".capture.udp.InterfaceWatch", ROOT + ".capture.membership.IgmpSender", ROOT + ".signal.ConfiguredRule");

    private static String[] packages(final String... names) {
        return Stream.of(names).map(name -> ROOT + '.' + name).toArray(String[]::new);
    }

    @Test
    void packagesKnowOnlyWhatTheyMay() {
        LayeredArchitecture architecture = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (final String layer : MAY_KNOW.keySet()) {
            // The generated codecs are part of their feed.
            architecture = layer.equals("feed.cme")
                    ? architecture.layer(layer).definedBy(packages(layer, layer + ".codec"))
                    : architecture.layer(layer).definedBy(packages(layer));
        }
        for (final Map.Entry<String, Set<String>> layer : MAY_KNOW.entrySet()) {
            architecture = layer.getValue().isEmpty()
                    ? architecture.whereLayer(layer.getKey()).mayNotAccessAnyLayer()
                    : architecture.whereLayer(layer.getKey()).mayOnlyAccessLayers(layer.getValue().toArray(String[]::new));
        }
        architecture.ensureAllClassesAreContainedInArchitecture().check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void frameToSignalReadsNoClockAndRollsNoDice() {
        noClasses().that().resideInAnyPackage(FRAME_TO_SIGNAL)
                .should().callMethod(System.class, "nanoTime")
                .orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(java.time.Instant.class, "now")
                .orShould().dependOnClassesThat(type(java.time.Clock.class))
                .orShould().dependOnClassesThat().haveNameMatching("org\\.agrona\\.concurrent\\..*Clock")
                .orShould().dependOnClassesThat().haveNameMatching("java\\.util\\.(.+\\.)?[A-Za-z]*Random")
                .because("the same frames and configuration must give the same signals").check(CLASSES);
    }

    @Test
    void theReceiveThreadsPackagesDoNotLog() {
        final DescribedPredicate<JavaClass> permitted = DescribedPredicate.describe("those that log off the hot path",
                c -> LOGS_OFF_THE_HOT_PATH.contains(c.getName()));
        noClasses().that().resideInAnyPackage(packages("capture..", "wire", "filter", "feed..", "book..", "signal..", "pipeline"))
                .and(DescribedPredicate.not(permitted))
                .should().dependOnClassesThat().resideInAnyPackage("org.slf4j..", "ch.qos.logback..")
                .check(CLASSES);
        LOGS_OFF_THE_HOT_PATH.forEach(name -> assertTrue(CLASSES.get(name).getDirectDependenciesFromSelf().stream()
                .anyMatch(d -> d.getTargetClass().getPackageName().equals("org.slf4j")), name + " does not log at all"));
    }

    @Test
    void onlyTheLinkAndTheStatusPageKnowNetty() {
        noClasses().that().resideOutsideOfPackages(packages("link", "transport", "status"))
                .should().dependOnClassesThat().resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..")
                .check(CLASSES);
    }

    @Test
    void onlyTheJournalKnowsChronicle() {
        // A benchmark has the bare queue beside the journal.
        noClasses().that().resideOutsideOfPackage(ROOT + ".journal").and().doNotHaveFullyQualifiedName(ROOT + ".bench.RawQueue")
                .should().dependOnClassesThat().resideInAPackage("net.openhft..").check(CLASSES);
    }

    @Test
    void onlyTheStatusPageKnowsPrometheus() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".status")
                .should().dependOnClassesThat().resideInAPackage("io.prometheus..").check(CLASSES);
    }

    @Test
    void onlyTheExportKnowsSql() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".export")
                .should().dependOnClassesThat().resideInAnyPackage("java.sql..", "org.duckdb..").check(CLASSES);
    }

    @Test
    void nobodyPrintsPastTheCommandLinesWriters() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        final Path root = Path.of(System.getProperty("tickbridge.root", ".."));
        final Set<String> silent = new TreeSet<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (final Path module : modules.filter(file -> Files.isDirectory(file.resolve("src/main/java"))).toList()) {
                final Path sources = module.resolve("src/main/java");
                final Path generated = module.resolve("target/generated-sources/sbe");
                try (Stream<Path> files = Files.walk(sources)) {
                    files.filter(file -> file.toString().endsWith(".java")).map(Path::getParent).distinct()
                            // The codecs' generator describes its package itself, in the definition's words.
                            .filter(folder -> !isDescribed(folder)
                                    && !isDescribed(generated.resolve(sources.relativize(folder))))
                            .forEach(folder -> silent.add(root.relativize(folder).toString()));
                }
            }
        }
        assertEquals(Set.of(), silent, "packages without a package-info.java with Javadoc");
    }

    private static boolean isDescribed(final Path folder) {
        try {
            final Path packageInfo = folder.resolve("package-info.java");
            return Files.exists(packageInfo) && Files.readString(packageInfo).startsWith("/*");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void seesTheClasses() {
        // Rules about no classes at all would hold.
        assertTrue(CLASSES.contain(SignalEngine.class));
        MAY_KNOW.keySet().forEach(name -> assertTrue(
                CLASSES.stream().anyMatch(c -> c.getPackageName().equals(ROOT + '.' + name)), name));
    }
}
