package io.tickbridge.gateway.replay;

/**
 * One verified run.
 *
 * @param number     place in the journal, from 1; 0 for records before the first run that is there
 * @param startIndex journal index of its first record
 * @param startTime  ns since the Unix epoch
 * @param frames     frames replayed
 * @param verdict    what came of it
 */
public record RunVerification(int number, long startIndex, long startTime, long frames, RunVerdict verdict) {
}
