package io.tickbridge.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
public final class BuildVersion implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"tickbridge " + read(), "Java " + Runtime.version()};
    }

    /**
     * The version alone.
     *
     * @return for example 0.1.0
     * @throws IOException when the jar lacks it
     */
    static String read() throws IOException {
        try (InputStream in = BuildVersion.class.getResourceAsStream("/io/tickbridge/gateway/build.properties")) {
            final Properties build = new Properties();
            build.load(in);
            return build.getProperty("version");
        }
    }
}
