package io.tickbridge.gateway.bench;

/**
 * One device, as the gateway receives from it and as testpmd does.
 *
 * @param name     in results
 * @param capture  the section of a gateway's configuration
 * @param device   for testpmd's {@code --vdev}
 * @param buffers  packet buffers that testpmd needs
 * @param isFlooded whether frames must be sent to it, or it makes them itself
 */
record ReceiveCase(String name, String capture, String device, int buffers, boolean isFlooded) {
}
