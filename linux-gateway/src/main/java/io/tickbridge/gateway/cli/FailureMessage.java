package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.files.FileFailure;
import java.nio.file.FileSystemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** One clear message for a failure that we foresaw, which carries it; the stack too for one that we did not. */
final class FailureMessage implements IExecutionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FailureMessage.class);

    @Override
    public int handleExecutionException(final Exception failure, final CommandLine command, final ParseResult parsed) {
        if (failure instanceof StandardOutput.Failure output && output.isReaderGone()) {
            LOG.debug("{} ended early: nobody reads its output", command.getCommandName());
        } else if (failure.getMessage() == null || isUnforeseen(failure)) {
            LOG.error("{} failed unexpectedly; please report this", command.getCommandName(), failure);
        } else {
            command.getErr().println(message(failure));
            LOG.debug("{} failed", command.getCommandName(), failure);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String message(final Exception failure) {
        return failure instanceof FileSystemException file && file.getFile() != null
                ? file.getFile() + ": " + FileFailure.reason(file) : failure.getMessage();
    }

    private static boolean isUnforeseen(final Exception failure) {
        return failure instanceof NullPointerException
                || failure instanceof IndexOutOfBoundsException
                || failure instanceof ClassCastException;
    }
}
