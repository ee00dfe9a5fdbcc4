/* The wire: an AF_PACKET socket, whose frames are put together as they were sent. */
#define _GNU_SOURCE /* recvmmsg */
#include "emulator.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SOCKET_BYTES (256 << 20) /* holds what comes while nobody polls: the wire of a test loses nothing unasked */
#define ADDRESSES 12
#define TAG 4
#define NS_PER_SECOND 1000000000

int wire_open(struct emulated_nic *nic, struct wire **out) {
    struct wire *wire = calloc(1, sizeof *wire);
    int on = 1;
    int bytes = SOCKET_BYTES;
    wire->socket = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (wire->socket < 0) {
        int result = -errno;
        free(wire);
        return result;
    }
    setsockopt(wire->socket, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes);
    setsockopt(wire->socket, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    setsockopt(wire->socket, SOL_PACKET, PACKET_AUXDATA, &on, sizeof on);
    setsockopt(wire->socket, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on);
    struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = nic->index};
    if (bind(wire->socket, (struct sockaddr *)&address, sizeof address) != 0) {
        int result = -errno;
        wire_close(wire);
        return result;
    }
    *out = wire;
    return 0;
}

void wire_close(struct wire *wire) {
    close(wire->socket);
    free(wire);
}

static void read_metadata(struct msghdr *message, struct wire_frame *frame) {
    for (struct cmsghdr *one = CMSG_FIRSTHDR(message); one != NULL; one = CMSG_NXTHDR(message, one)) {
        if (one->cmsg_level == SOL_SOCKET && one->cmsg_type == SCM_TIMESTAMPNS) {
            struct timespec time;
            memcpy(&time, CMSG_DATA(one), sizeof time);
            frame->time = time.tv_sec * NS_PER_SECOND + time.tv_nsec;
        } else if (one->cmsg_level == SOL_PACKET && one->cmsg_type == PACKET_AUXDATA) {
            struct tpacket_auxdata data;
            memcpy(&data, CMSG_DATA(one), sizeof data);
            if ((data.tp_status & TP_STATUS_CSUMNOTREADY) != 0) {
                frame_finish_checksum(frame->data, frame->length);
            }
            if ((data.tp_status & TP_STATUS_VLAN_VALID) != 0) {
                /* The kernel takes the tag out of the frame; a NIC leaves it in. */
                uint16_t tag[2] = {htons((data.tp_status & TP_STATUS_VLAN_TPID_VALID) != 0 ? data.tp_vlan_tpid : ETH_P_8021Q),
                                   htons(data.tp_vlan_tci)};
                memmove(frame->data + ADDRESSES + TAG, frame->data + ADDRESSES, (size_t)frame->length - ADDRESSES);
                memcpy(frame->data + ADDRESSES, tag, TAG);
                frame->length += TAG;
            }
        }
    }
}

static void fill(struct emulated_nic *nic, struct wire *wire) {
    struct mmsghdr messages[BATCH];
    struct iovec places[BATCH];
    uint8_t controls[BATCH][256];
    memset(messages, 0, sizeof messages);
    for (int i = 0; i < BATCH; i++) {
        places[i] = (struct iovec){wire->frames[i].data, FRAME_MOST - TAG};
        messages[i].msg_hdr = (struct msghdr){.msg_iov = &places[i], .msg_iovlen = 1, .msg_control = controls[i],
                                              .msg_controllen = sizeof controls[i]};
    }
    int taken = recvmmsg(wire->socket, messages, BATCH, MSG_DONTWAIT, NULL);
    if (taken < 0) {
        /*
         * An interface that is down may come back; one that is gone may not. The kernel says so once, when it goes down, which can
         * be before its name is gone: so it is asked again and again from then on.
         */
        char name[IF_NAMESIZE];
        wire->was_down |= errno != EAGAIN && errno != EINTR;
        wire->unplugged = wire->was_down && if_indextoname((unsigned)nic->index, name) == NULL;
        taken = 0;
    }
    for (int i = 0; i < taken; i++) {
        wire->frames[i].length = (int)messages[i].msg_len;
        read_metadata(&messages[i].msg_hdr, &wire->frames[i]);
    }
    wire->from = 0;
    wire->to = taken;
}

struct wire_frame *wire_peek(struct emulated_nic *nic, struct wire *wire) {
    if (wire->from == wire->to && !wire->unplugged) {
        fill(nic, wire);
    }
    return wire->from == wire->to ? NULL : &wire->frames[wire->from];
}

void wire_next(struct wire *wire) {
    wire->from++;
}
