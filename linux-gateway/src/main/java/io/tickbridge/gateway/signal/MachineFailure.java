package io.tickbridge.gateway.signal;

/** Tells what some code did wrong from what happened to the whole virtual machine while it ran. */
public final class MachineFailure {
    private MachineFailure() {
    }

    /**
     * Lets pass what is not the doing of the code that was called. Memory that has run out, or a broken virtual machine,
     * concerns everything that runs in it; a stack that overflowed is whole again once that code has been left.
     *
     * @param failure what was caught
     * @throws VirtualMachineError the failure itself, unless the code that was called is to blame
     */
    public static void rethrow(final Throwable failure) {
        if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
            throw (VirtualMachineError) failure;
        }
    }
}
