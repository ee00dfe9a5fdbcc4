package io.tickbridge.gateway.capture.burst;

import jnr.ffi.annotations.IgnoreError;
import jnr.ffi.annotations.Out;

/**
 * The functions of {@code tb_source.h}, named without their prefix; what each does, and which thread may call it, stands
 * there. Addresses are plain numbers, so that a call makes no object. Public since the binding, made at run time, lives in
 * another package.
 */
public interface BackendFunctions {
    /**
     * {@code tb_source_abi}.
     *
     * @return the interface's number
     */
    @IgnoreError
    int abi();

    /**
     * {@code tb_source_cycles}.
     *
     * @return the processor's time stamp counter
     */
    @IgnoreError
    long cycles();

    /**
     * {@code tb_source_open}.
     *
     * @param settings  lines of {@code key=value}
     * @param error     takes the reason of a failure
     * @param errorSize its length, bytes
     * @return address of the source, 0 on failure
     */
    long open(String settings, @Out byte[] error, int errorSize);

    /**
     * {@code tb_source_poll}. Without reading errno afterwards, which would take half as long again as the call.
     *
     * @param source address of the source
     * @param frames address of the frame table
     * @param limit  its entries
     * @return frames, or -1
     */
    @IgnoreError
    int poll(long source, long frames, int limit);

    /**
     * {@code tb_source_release}.
     *
     * @param source address of the source
     */
    @IgnoreError
    void release(long source);

    /**
     * {@code tb_source_send}.
     *
     * @param source address of the source
     * @param port   as frames have it
     * @param frame  address of the Ethernet header
     * @param length bytes
     * @return 0, or -1
     */
    @IgnoreError
    int send(long source, int port, long frame, int length);

    /**
     * {@code tb_source_stats}.
     *
     * @param source   address of the source
     * @param values   takes the totals
     * @param capacity its length
     * @return how many there are
     */
    @IgnoreError
    int stats(long source, @Out long[] values, int capacity);

    /**
     * {@code tb_source_stat_name}.
     *
     * @param source address of the source
     * @param index  from 0
     * @return the name; null past the last
     */
    String statName(long source, int index);

    /**
     * {@code tb_source_text}.
     *
     * @param source address of the source
     * @param topic  which text
     * @return the text, empty when there is none
     */
    String text(long source, String topic);

    /**
     * {@code tb_source_close}.
     *
     * @param source address of the source
     */
    @IgnoreError
    void close(long source);
}
