package io.tickbridge.gateway.doctor;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** What lies under the journal (proc(5), /proc/PID/mountinfo). */
final class JournalVolume implements Check {
    private static final Set<String> GONE_AFTER_BOOT = Set.of("tmpfs", "ramfs");
    private static final Set<String> ELSEWHERE = Set.of("nfs", "nfs4", "cifs", "9p", "fuse.sshfs", "ceph");
    private static final int LAYERS = 8; // encryption on a logical volume on an array on partitions is four
    private static final long GIB = 1L << 30;
    private static final long A_DAY = 50 * GIB; // one busy CME channel, both lines

    @Override
    public String name() {
        return "journal-volume";
    }

    @Override
    public String why() {
        return "a slow or full disk stops the journal, not the signals; a network file system stalls it for as long as the network";
    }

    /** A mounted file system. */
    private record Mount(Path point, String type, String device, String number) {
    }

    @Override
    public List<Observation> look(final Host host) {
        final Optional<Path> directory = host.config().filter(c -> c.journal().enabled())
                .map(c -> c.journal().directory().toAbsolutePath().normalize());
        if (directory.isEmpty()) {
            return List.of(Observation.notHere("no journal is configured"));
        }
        return List.of(place(host, directory.get()), room(host, directory.get()));
    }

    private static Observation place(final Host host, final Path directory) {
        final Optional<Mount> mount = host.tree().read("proc/self/mountinfo").orElse("").lines()
                .map(JournalVolume::mount).flatMap(Optional::stream).filter(m -> directory.startsWith(m.point()))
                .max(Comparator.comparingInt(m -> m.point().getNameCount()));
        if (mount.isEmpty()) {
            return Observation.unknown("the kernel does not tell what is mounted there", "df -T " + directory);
        }
        final Mount m = mount.get();
        final String found = m.type() + " on " + m.device();
        if (GONE_AFTER_BOOT.contains(m.type())) {
            return Observation.advice(found + ", gone after a boot", "a disk", "set journal.directory to a directory on a disk");
        }
        if (ELSEWHERE.contains(m.type())) {
            return Observation.advice(found + ", over a network", "a disk of this machine", "set journal.directory to a local disk");
        }
        // By number: a name in /dev may be a mapping's own (/dev/mapper/vg-journal), and the disks are below it.
        final String name = host.tree().link("sys/dev/block/" + m.number())
                .orElse(m.device().substring(m.device().lastIndexOf('/') + 1));
        final boolean spins = disks(host, name, LAYERS).anyMatch(disk -> rotational(host, disk));
        return spins ? Observation.advice(found + ", a spinning disk", "an SSD", "set journal.directory to an SSD, NVMe at best")
                : Observation.ok(found);
    }

    /** What a logical volume, an encrypted one or an array is made of. */
    private static Stream<String> disks(final Host host, final String name, final int layers) {
        final List<String> below = layers == 0 ? List.of() : host.tree().names("sys/class/block/" + name + "/slaves");
        return below.isEmpty() ? Stream.of(name) : below.stream().flatMap(disk -> disks(host, disk, layers - 1));
    }

    private static boolean rotational(final Host host, final String name) {
        // Of a partition the disk is asked: sda1 of sda, nvme0n1p1 of nvme0n1.
        return List.of(name, name.replaceFirst("(?<=\\d)p\\d+$", ""), name.replaceFirst("\\d+$", "")).stream()
                .map(disk -> host.tree().read("sys/class/block/" + disk + "/queue/rotational")).flatMap(Optional::stream)
                .findFirst().filter("1"::equals).isPresent()
                // Virtual disks say that they spin whatever lies below.
                && !name.startsWith("vd") && !name.startsWith("xvd");
    }

    private static Observation room(final Host host, final Path directory) {
        final OptionalLong free = host.volumes().free(directory);
        if (free.isEmpty()) {
            return Observation.unknown("free space is not told", "df -h " + directory);
        }
        final String found = free.getAsLong() / GIB + " GiB free";
        return free.getAsLong() >= A_DAY ? Observation.ok(found)
                : Observation.advice(found, "a busy day: " + A_DAY / GIB + " GiB", "a larger volume, or move older days away");
    }

    /** Fields: id, parent, major:minor, root, mount point, options, optional fields, -, type, source, options. */
    private static Optional<Mount> mount(final String line) {
        final int dash = line.indexOf(" - ");
        final String[] before = line.split(" ");
        if (dash < 0 || before.length < 5) {
            return Optional.empty();
        }
        final String[] after = line.substring(dash + 3).split(" ");
        // Blanks in a name are written as \040.
        return Optional.of(new Mount(Path.of(before[4].replace("\\040", " ")), after[0], after.length > 1 ? after[1] : "?",
                before[2]));
    }
}
