package io.tickbridge.integration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may know whom in this module, and that every package of every module says what it is. */
@AnalyzeClasses(packages = "io.tickbridge.integration", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_EXCHANGE_KNOWS_NOTHING_OF_OURS = noClasses().that().resideInAPackage("..exchange..")
            .should().dependOnClassesThat().resideInAnyPackage(
                    "io.tickbridge.gateway..", "io.tickbridge.protocol..", "..demo..", "..integration.process..")
            .because("a misreading of the specification must not be shared by both sides of a test");

    @ArchTest
    static final ArchRule PROCESSES_KNOW_THE_GATEWAYS_COUNTERS_ALONE =
            classes().that().resideInAPackage("..integration.process..")
                    .should().onlyDependOnClassesThat().resideInAnyPackage(
                            "java..", "org.agrona..", "io.tickbridge.gateway.ops..", "..integration.process..");

    @ArchTest
    static final ArchRule THE_DEMO_IS_AT_THE_TOP = noClasses().that().resideOutsideOfPackage("..demo..")
            .should().dependOnClassesThat().resideInAPackage("..demo..");

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        final Set<String> packages = packagesWith("/src/main/java/(.+)/[A-Z]\\w*\\.java");
        assertTrue(packages.size() > 10, () -> "only " + packages + " under " + Installation.root());
        // A package whose messages are generated has its description generated too.
        packages.removeAll(packagesWith("/(?:src/main/java|generated-sources/\\w+)/(.+)/package-info\\.java"));
        assertEquals(Set.of(), packages);
    }

    private static Set<String> packagesWith(final String file) throws IOException {
        try (Stream<Path> files = Files.walk(Installation.root())) {
            return files.map(path -> Pattern.compile(file).matcher(path.toString()))
                    .filter(Matcher::find).map(matcher -> matcher.group(1)).collect(Collectors.toSet());
        }
    }
}
