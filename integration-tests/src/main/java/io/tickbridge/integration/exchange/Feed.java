package io.tickbridge.integration.exchange;

/** The feeds of a channel, each on two lines. */
enum Feed {
    INCREMENTAL, SNAPSHOT, ORDER_SNAPSHOT, DEFINITIONS
}
