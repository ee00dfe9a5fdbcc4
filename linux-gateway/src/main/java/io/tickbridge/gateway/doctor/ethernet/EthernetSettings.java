package io.tickbridge.gateway.doctor.ethernet;

import java.util.Optional;

/** What can be asked of a network interface. Every answer is empty where the driver or the kernel gives none. */
public interface EthernetSettings {

    /**
     * Sizes of its rings.
     *
     * @param networkInterface its name
     * @return the sizes
     */
    Optional<Rings> rings(String networkInterface);

    /**
     * Its interrupt moderation.
     *
     * @param networkInterface its name
     * @return the settings
     */
    Optional<Moderation> moderation(String networkInterface);

    /**
     * Offloads that are on.
     *
     * @param networkInterface its name
     * @return which, and which of them stay so
     */
    Optional<Features> features(String networkInterface);

    /**
     * What drives it.
     *
     * @param networkInterface its name
     * @return driver and firmware
     */
    Optional<Driver> driver(String networkInterface);
}
