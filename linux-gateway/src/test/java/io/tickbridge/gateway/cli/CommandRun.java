package io.tickbridge.gateway.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;

/**
 * One run of the command line, in this process.
 *
 * @param code exit code
 * @param out  all of standard output
 * @param err  all of standard error, the log excepted
 */
record CommandRun(int code, String out, String err) {

    static CommandRun of(final Object... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int code = Tickbridge.execute(
                Tickbridge.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true)),
                Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
        return new CommandRun(code, out.toString(), err.toString());
    }

    List<String> lines() {
        return out.lines().toList();
    }

    List<String> errors() {
        return err.lines().toList();
    }
}
