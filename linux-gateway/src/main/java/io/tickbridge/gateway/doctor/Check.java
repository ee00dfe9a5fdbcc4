package io.tickbridge.gateway.doctor;

import java.util.List;

/** One question about a machine. */
interface Check {

    /** Its name in reports, by which a diagnosis is found again; words with hyphens. */
    String name();

    /** What a bad answer costs, in time or in losses. */
    String why();

    /** Looks. One observation for each thing that the question is about: each core, interface or setting that stands out. */
    List<Observation> look(Host host);
}
