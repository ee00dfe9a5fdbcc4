package io.tickbridge.gateway.doctor;

import java.util.List;
import java.util.stream.Stream;

/** Asks every question, in an order that goes from the processor outward. */
public final class Doctor {
    private static final List<Check> CHECKS = Stream.of(
            List.of(new Governor(), new IdleStates(), new HardwareThreads(), new IsolatedCores(), new TicklessCores(),
                    new RcuCallbacks(), new IrqBalance(), new NicInterrupts(), new NumaPlaces(), new ClockSource(), new Mitigations(),
                    new HugePages(), new TransparentHugePages(), new Swap(), new LockedMemory()),
            KernelSetting.ALL,
            List.of(new Interfaces(), new Iommu(), new DeviceDriver(), new VirtualFunctions(), new PcieLink(), new PcieRequests(), new NicFirmware(),
                    new RingSizes(), new Coalescing(), new Offloads(), new OnloadDriver(), new IoUring(),
                    new ClockSynchronisation(), new JournalVolume(), new OpenFiles(), new JavaFlags(), new LinkProtection()))
            .flatMap(List::stream).toList();

    private Doctor() {
    }

    /** Names of all checks, in the order of their answers. */
    static List<String> names() {
        return CHECKS.stream().map(Check::name).toList();
    }

    /**
     * Examines a machine.
     *
     * @param host the machine, and what it is to run
     * @return every check's answers, in a fixed order
     */
    public static List<Diagnosis> examine(final Host host) {
        return CHECKS.stream().flatMap(check -> answers(check, host)).toList();
    }

    private static Stream<Diagnosis> answers(final Check check, final Host host) {
        return check.look(host).stream().map(seen -> new Diagnosis(
                check.name(), seen.verdict(), seen.found(), seen.wanted(), check.why(), seen.mend()));
    }
}
