package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is laid on servers, judged by the programs that judge such files. */
final class DeployFilesTest {
    /** Exposure as systemd-analyze counts it, in tenths: 0 is shut, 100 open. */
    private static final String HIGHEST_EXPOSURE = "30";

    @TempDir
    private Path directory;

    @Test
    void shellcheckHasNothingToSayOfAnyScript() throws Exception {
        Requirement.program("shellcheck");
        // 1091: a file that is sourced by a path found at run time.
        final List<String> command = new ArrayList<>(List.of("shellcheck", "--exclude=SC1091"));
        command.addAll(scripts());
        assertTrue(command.size() > 10, command.toString());
        passes(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tickbridge-gateway.service", "tickbridge-host.service", "tickbridge-firewall.service"})
    void unitsAreShut(final String unit) throws Exception {
        Requirement.program("systemd-analyze");
        final Path file = Installation.root().resolve("vps-deploy/systemd").resolve(unit);
        passes(List.of("systemd-analyze", "security", "--offline=true", "--threshold=" + HIGHEST_EXPOSURE, file.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tickbridge-gateway.service", "tickbridge-host.service", "tickbridge-firewall.service"})
    void unitsAreRight(final String unit) throws Exception {
        Requirement.program("systemd-analyze");
        final Path file = Installation.root().resolve("vps-deploy/systemd").resolve(unit);
        // It looks whether programs are there: those of this checkout stand for the release's.
        final Path copy = Files.writeString(directory.resolve(unit), Files.readString(file)
                .replace("/opt/tickbridge/current", Installation.root().toString())
                .replace("/usr/local/sbin/tickbridge-host", Installation.root().resolve("vps-deploy/host/tickbridge-host").toString())
                // Where nftables is not installed, any program stands for it.
                .replace("/usr/sbin/nft", "/usr/bin/true"));
        final Launcher.Result result = Launcher.run(directory, Map.of(), List.of("systemd-analyze", "verify", copy.toString()));
        assertEquals(0, result.exit(), result.err());
        assertEquals("", result.err());
    }

    /**
     * What DPDK opens: the group's node, of vfio's own class, and the container, a misc device that no class of its own stands for
     * (kernel documentation, driver-api/vfio).
     */
    @Test
    void theGatewayMayOpenBothOfVfiosDevices() throws Exception {
        final List<String> allowed = Files.readAllLines(Installation.root().resolve("vps-deploy/systemd/tickbridge-gateway.service"));
        assertTrue(allowed.containsAll(List.of("DeviceAllow=/dev/vfio/vfio rw", "DeviceAllow=char-vfio rw")), allowed.toString());
        final String rules = Files.readString(Installation.root().resolve("vps-deploy/systemd/60-tickbridge.rules"));
        assertTrue(rules.contains("SUBSYSTEM==\"vfio\", GROUP=\"tickbridge\", MODE=\"0660\""), rules);
    }

    /** A start must not hang on what heals by itself, a carrier above all: five refusals and systemd gives up for good. */
    @Test
    void theGatewayIsStartedWithoutACheckThatCountsACableAsAnError() throws Exception {
        final String unit = Files.readString(Installation.root().resolve("vps-deploy/systemd/tickbridge-gateway.service"));
        assertFalse(unit.contains("--strict"), unit);
        assertFalse(unit.contains("ExecStartPre"), unit);
    }

    @Test
    void theWindowsDomainFitsLibvirtsSchema() throws Exception {
        Requirement.program("virt-xml-validate");
        passes(List.of("virt-xml-validate", Installation.root().resolve("vps-deploy/libvirt/windows-vps.xml").toString(), "domain"));
    }

    private void passes(final List<String> command) throws IOException, InterruptedException {
        final Launcher.Result result = Launcher.run(directory, Map.of(), command);
        assertEquals(0, result.exit(), result.out() + result.err());
    }

    /** Every file of ours whose first line names a shell. */
    private static List<String> scripts() throws IOException {
        final Path root = Installation.root();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> !root.relativize(file).toString().matches("(.*/)?(target|\\.git|\\.mvn)(/.*)?"))
                    .filter(Files::isRegularFile).filter(DeployFilesTest::isShell).map(Path::toString).sorted().toList();
        }
    }

    private static boolean isShell(final Path file) {
        try (var in = Files.newInputStream(file)) {
            final String start = new String(in.readNBytes(32), java.nio.charset.StandardCharsets.ISO_8859_1);
            return start.startsWith("#!/usr/bin/env bash") || start.startsWith("#!/bin/sh") || start.startsWith("#!/bin/bash");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
