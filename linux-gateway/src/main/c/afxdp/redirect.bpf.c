/*
 * XDP program: hands UDP datagrams to configured groups and ports to the AF_XDP socket of the queue that they came in on,
 * and leaves everything else to the kernel.
 *
 * It looks at headers only as far as it must to tell whose a frame is. Whether lengths and checksums hold is for the
 * gateway's frame filter, which counts what it refuses.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "redirect.h"

#define TAGS 2                /* as many as the gateway's frame filter takes */
#define FRAGMENT bpf_htons(0x3fff) /* more fragments, or an offset (RFC 791, section 3.1) */
#define LEAST_HEADER 5        /* 32-bit words of an IPv4 header without options */

struct {
    __uint(type, BPF_MAP_TYPE_XSKMAP);
    __uint(max_entries, 1); /* set to the number of queues before loading */
    __type(key, __u32);
    __type(value, __u32);
} sockets SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 1); /* set to what is configured before loading */
    __type(key, struct tb_destination);
    __type(value, __u8);
} wanted SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, struct tb_redirect_counts);
} counts SEC(".maps");

struct vlan_tag {
    __be16 control;
    __be16 type;
};

/* Where the IPv4 header begins; NULL when there is none. */
static __always_inline struct iphdr *network_header(void *data, void *end)
{
    struct ethhdr *ethernet = data;
    if ((void *)(ethernet + 1) > end) {
        return NULL;
    }
    __be16 type = ethernet->h_proto;
    void *next = ethernet + 1;
#pragma unroll
    for (int i = 0; i < TAGS; i++) {
        if (type != bpf_htons(ETH_P_8021Q) && type != bpf_htons(ETH_P_8021AD)) {
            break;
        }
        struct vlan_tag *tag = next;
        if ((void *)(tag + 1) > end) {
            return NULL;
        }
        type = tag->type;
        next = tag + 1;
    }
    struct iphdr *ip = next;
    return type == bpf_htons(ETH_P_IP) && (void *)(ip + 1) <= end ? ip : NULL;
}

SEC("xdp")
int tickbridge(struct xdp_md *context)
{
    void *data = (void *)(long)context->data;
    void *end = (void *)(long)context->data_end;
    __u32 first = 0;
    struct tb_redirect_counts *count = bpf_map_lookup_elem(&counts, &first);
    if (!count) {
        return XDP_PASS; /* cannot be, but the verifier does not know */
    }
    struct iphdr *ip = network_header(data, end);
    if (!ip || ip->protocol != IPPROTO_UDP || ip->version != IPVERSION || ip->ihl < LEAST_HEADER) {
        count->passed++;
        return XDP_PASS;
    }
    struct tb_destination destination = {.group = ip->daddr};
    if (ip->frag_off & FRAGMENT) {
        if (bpf_map_lookup_elem(&wanted, &destination)) {
            count->fragments++;
        } else {
            count->passed++;
        }
        return XDP_PASS;
    }
    struct udphdr *udp = (void *)ip + ip->ihl * sizeof(__u32);
    if ((void *)(udp + 1) > end) {
        count->passed++;
        return XDP_PASS;
    }
    destination.port = udp->dest;
    if (!bpf_map_lookup_elem(&wanted, &destination)) {
        count->passed++;
        return XDP_PASS;
    }
    /* The flags are what it returns when the map has no socket for the queue. */
    long action = bpf_redirect_map(&sockets, context->rx_queue_index, XDP_PASS);
    if (action == XDP_REDIRECT) {
        count->redirected++;
    } else {
        count->other_queue++;
    }
    return action;
}

/* No helper above asks for a licence of the kernel's own kind. */
char _license[] SEC("license") = "Apache-2.0";
