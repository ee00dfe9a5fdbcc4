package io.tickbridge.integration.demo;

import java.util.Map;

/** Shows the running processes. */
interface View {

    /** One look: the gateway's counters and what the add-on says of itself. */
    void show(Map<String, Long> gateway, Map<String, Object> addOn);

    /** The last look was taken. */
    void end();
}
