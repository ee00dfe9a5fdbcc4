/*
 * Counts the packets of a capture file: net_pcap with infinite_rx keeps one mbuf for each.
 * Layouts: draft-ietf-opsawg-pcap section 4 and 5, draft-ietf-opsawg-pcapng sections 3.1 and 4.
 */
#include "pcap_packets.h"

#include <byteswap.h>
#include <stdbool.h>
#include <stdio.h>

#define MICROSECONDS 0xa1b2c3d4u
#define NANOSECONDS 0xa1b23c4du
#define SECTION_HEADER 0x0a0d0d0au /* the same in both byte orders */
#define BYTE_ORDER_MAGIC 0x1a2b3c4du
#define SIMPLE_PACKET 3
#define ENHANCED_PACKET 6
#define PCAP_HEADER 24    /* bytes of a file's header */
#define LONGEST_BLOCK 0x4000000u /* 64 MB: more is no block but garbage */

static uint32_t word(uint32_t value, bool swapped) { return swapped ? bswap_32(value) : value; }

static uint64_t records(FILE *file, bool swapped) {
    uint64_t count = 0;
    uint32_t header[4]; /* seconds, fraction, captured length, original length */
    fseek(file, PCAP_HEADER, SEEK_SET);
    while (fread(header, sizeof header, 1, file) == 1 && word(header[2], swapped) < LONGEST_BLOCK
           && fseek(file, word(header[2], swapped), SEEK_CUR) == 0) {
        count++;
    }
    return count;
}

static uint64_t blocks(FILE *file) {
    uint64_t count = 0;
    bool swapped = false;
    uint32_t header[3]; /* type, total length, and of a section header the byte order magic */
    rewind(file);
    while (fread(header, sizeof header, 1, file) == 1) {
        if (header[0] == SECTION_HEADER) {
            swapped = header[2] != BYTE_ORDER_MAGIC;
        }
        uint32_t type = word(header[0], swapped), length = word(header[1], swapped);
        count += type == SIMPLE_PACKET || type == ENHANCED_PACKET;
        if (length < sizeof header || length > LONGEST_BLOCK || fseek(file, (long)length - (long)sizeof header, SEEK_CUR) != 0) {
            break;
        }
    }
    return count;
}

uint64_t pcap_packets(const char *path) {
    FILE *file = fopen(path, "re");
    uint32_t magic = 0;
    uint64_t count = 0;
    if (file == NULL) {
        return 0;
    }
    if (fread(&magic, sizeof magic, 1, file) == 1) {
        bool native = magic == MICROSECONDS || magic == NANOSECONDS;
        bool foreign = bswap_32(magic) == MICROSECONDS || bswap_32(magic) == NANOSECONDS;
        count = magic == SECTION_HEADER ? blocks(file) : native || foreign ? records(file, foreign) : 0;
    }
    fclose(file);
    return count;
}
