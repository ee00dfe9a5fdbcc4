/* What the XDP program and the process that loads it agree on. */
#ifndef TB_REDIRECT_H
#define TB_REDIRECT_H

#include <linux/types.h>

/* A destination to take. Port 0 stands for every port: how fragments of a group are known, which carry no port. */
struct tb_destination {
    __be32 group;
    __be16 port;
    __u16 zero; /* a map's keys are compared whole */
};

/* One a CPU. */
struct tb_redirect_counts {
    __u64 redirected;  /* for us, handed to the queue's socket */
    __u64 other_queue; /* for us, on a queue without a socket: left to the kernel, so lost to us */
    __u64 fragments;   /* of our groups, left to the kernel: no port says whether they are for us */
    __u64 passed;      /* everything else, left to the kernel */
};

#endif
