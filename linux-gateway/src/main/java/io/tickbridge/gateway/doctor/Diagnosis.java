package io.tickbridge.gateway.doctor;

/**
 * A check's answer.
 *
 * @param check   its name
 * @param verdict how much it matters
 * @param found   what there is
 * @param wanted  what there should be; empty when nothing is to be done
 * @param why     what it costs, in time or in losses
 * @param mend    command or setting that changes it; empty when nothing is to be done
 */
public record Diagnosis(String check, Verdict verdict, String found, String wanted, String why, String mend) {
}
