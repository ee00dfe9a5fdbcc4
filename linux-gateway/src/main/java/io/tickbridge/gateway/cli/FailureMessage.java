package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.files.FileFailure;
import java.nio.file.FileSystemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** One clear message for every failure, the stack in the log for those who ask for DEBUG. */
final class FailureMessage implements IExecutionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FailureMessage.class);

    @Override
    public int handleExecutionException(final Exception failure, final CommandLine command, final ParseResult parsed) {
        if (failure instanceof StandardOutput.Failure output && output.isReaderGone()) {
            LOG.debug("{} ended early: nobody reads its output", command.getCommandName());
        } else {
            show(failure, command);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /**
     * Says what went wrong, in one line unless the failure itself carries several.
     *
     * @param failure whatever was thrown
     * @param command whose error output is written to
     * @return the exit code
     */
    static int show(final Throwable failure, final CommandLine command) {
        command.getErr().println(message(failure));
        command.getErr().flush();
        if (!(failure instanceof VirtualMachineError)) { // there, logging might fail in the same way
            LOG.debug("{} failed", command.getCommandName(), failure);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String message(final Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return "out of memory (" + failure.getMessage() + "): ask for less in the configuration, or give the process "
                    + "more with TICKBRIDGE_JAVA_OPTS, -Xmx for the heap, -XX:MaxDirectMemorySize for the rest";
        }
        if (failure instanceof VirtualMachineError) {
            return "the Java virtual machine failed: " + failure + "; start again, and report this if it comes back";
        }
        if (failure instanceof FileSystemException file && file.getFile() != null) {
            return file.getFile() + ": " + FileFailure.reason(file);
        }
        return isForeseen(failure) ? failure.getMessage()
                : "failed unexpectedly: " + failure + "; please report this, with what TICKBRIDGE_LOG=DEBUG shows";
    }

    /** Whether whoever threw it wrote its message for people to read. */
    private static boolean isForeseen(final Throwable failure) {
        return failure.getMessage() != null
                && !(failure instanceof Error)
                && !(failure instanceof NullPointerException)
                && !(failure instanceof IndexOutOfBoundsException)
                && !(failure instanceof ClassCastException);
    }
}
