/* Counts the packets of a capture file. */
#ifndef TB_DPDK_PCAP_PACKETS_H
#define TB_DPDK_PCAP_PACKETS_H

#include <stdint.h>

/* Packets in a pcap or pcapng file, 0 when it is none or cannot be read. */
uint64_t pcap_packets(const char *path);

#endif
