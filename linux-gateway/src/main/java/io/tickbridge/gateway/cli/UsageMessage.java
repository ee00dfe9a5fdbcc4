package io.tickbridge.gateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was wrong with a command's arguments in a line, and where the rest is: a page of options would bury it. */
final class UsageMessage implements IParameterExceptionHandler {
    @Override
    public int handleParseException(final ParameterException failure, final String[] arguments) {
        final CommandLine command = failure.getCommandLine();
        command.getErr().println(failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        command.getErr().println("`" + command.getCommandSpec().qualifiedName() + " --help` lists what there is.");
        command.getErr().flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
