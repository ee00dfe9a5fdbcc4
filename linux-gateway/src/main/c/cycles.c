/* Reads the processor's time stamp counter; the same for every backend. */
#include "tb_source.h"

#ifdef __x86_64__
#include <x86intrin.h>

uint64_t tb_source_cycles(void) {
    _mm_lfence(); /* RDTSC alone would not wait for what stands before it: Intel SDM volume 2, RDTSC */
    return __rdtsc();
}
#elif defined __aarch64__
uint64_t tb_source_cycles(void) {
    uint64_t count;
    /* The generic timer's count, which is slower than the processor's clock: Arm ARM, CNTVCT_EL0. */
    __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(count) : : "memory");
    return count;
}
#else
#error "no time stamp counter is known for this processor"
#endif
