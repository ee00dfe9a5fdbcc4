/**
 * Who may use the link: a registry of add-ons by name with their rights, and a certificate authority of one's own.
 * {@code tickbridge keys} writes them, the link reads them.
 *
 * <p>May depend on {@code config}. Cold path; nothing here runs for a frame.
 */
package io.tickbridge.gateway.keys;
