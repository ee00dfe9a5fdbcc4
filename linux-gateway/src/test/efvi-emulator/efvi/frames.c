/* What a NIC reads in a frame: VLAN tag, IPv4 and UDP headers, checksums (RFC 791, RFC 768, IEEE 802.1Q). */
#include "emulator.h"

#include <arpa/inet.h>
#include <string.h>

#define UDP 17
#define ETHERNET 14
#define TAG 4
#define IPV4_LEAST 20
#define UDP_HEADER 8
#define FRAGMENT_BITS 0x3fff /* more fragments, and the offset */

struct datagram {
    const uint8_t *ip;
    const uint8_t *udp;
    int header_bytes;
    int udp_bytes;
    int vlan; /* -1: untagged */
};

static unsigned be16(const uint8_t *at) {
    return (unsigned)(at[0] << 8 | at[1]);
}

/* False when a NIC would not take the frame for an unfragmented UDP datagram. */
static bool parse(const uint8_t *frame, int length, struct datagram *out) {
    int at = ETHERNET;
    out->vlan = -1;
    if (length >= ETHERNET + TAG && be16(frame + 12) == 0x8100) {
        out->vlan = (int)(be16(frame + 14) & 0xfff);
        at += TAG;
    }
    if (length < at + IPV4_LEAST || be16(frame + at - 2) != 0x0800 || frame[at] >> 4 != 4) {
        return false;
    }
    out->ip = frame + at;
    out->header_bytes = (out->ip[0] & 15) * 4;
    int total = (int)be16(out->ip + 2);
    if (out->header_bytes < IPV4_LEAST || total < out->header_bytes + UDP_HEADER || at + total > length || out->ip[9] != UDP
        || (be16(out->ip + 6) & FRAGMENT_BITS) != 0) {
        return false;
    }
    out->udp = out->ip + out->header_bytes;
    out->udp_bytes = total - out->header_bytes;
    return true;
}

bool frame_matches(const struct emulated *vi, const uint8_t *frame, int length) {
    struct datagram datagram;
    uint32_t host;
    uint16_t port;
    if (!parse(frame, length, &datagram)) {
        return false;
    }
    memcpy(&host, datagram.ip + 16, sizeof host);
    memcpy(&port, datagram.udp + 2, sizeof port);
    for (int i = 0; i < vi->filter_count; i++) {
        const struct filter *filter = &vi->filters[i];
        if (filter->host == host && filter->port == port && (filter->vlan < 0 || filter->vlan == datagram.vlan)) {
            return true;
        }
    }
    return vi->nic->shared;
}

static uint32_t sum(const uint8_t *at, int bytes, uint32_t start) {
    uint32_t total = start;
    for (int i = 0; i + 1 < bytes; i += 2) {
        total += be16(at + i);
    }
    return bytes % 2 == 0 ? total : total + (uint32_t)(at[bytes - 1] << 8);
}

static uint16_t fold(uint32_t total) {
    while (total >> 16 != 0) {
        total = (total & 0xffff) + (total >> 16);
    }
    return (uint16_t)total;
}

static uint16_t udp_sum(const struct datagram *datagram) {
    uint32_t pseudo = sum(datagram->ip + 12, 8, UDP + (uint32_t)datagram->udp_bytes);
    return fold(sum(datagram->udp, datagram->udp_bytes, pseudo));
}

bool frame_checksums_good(const uint8_t *frame, int length) {
    struct datagram datagram;
    if (!parse(frame, length, &datagram)) {
        return true; /* nothing that the NIC could check */
    }
    bool without = be16(datagram.udp + 6) == 0;
    return fold(sum(datagram.ip, datagram.header_bytes, 0)) == 0xffff && (without || udp_sum(&datagram) == 0xffff);
}

void frame_finish_checksum(uint8_t *frame, int length) {
    struct datagram datagram;
    if (parse(frame, length, &datagram)) {
        uint8_t *field = frame + (datagram.udp - frame) + 6;
        memset(field, 0, 2);
        uint16_t value = (uint16_t)~udp_sum(&datagram);
        value = value == 0 ? 0xffff : value;
        field[0] = (uint8_t)(value >> 8);
        field[1] = (uint8_t)value;
    }
}
