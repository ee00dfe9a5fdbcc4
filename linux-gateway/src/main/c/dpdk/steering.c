/* rte_flow rules: one for each group and port, and one for what IGMP needs. */
#include "steering.h"

#include <netinet/in.h>
#include <rte_flow.h>

#define FALLBACK "; the frame filter picks the configured groups out instead"

bool steering_isolate(uint16_t port, const struct settings *s, struct notices *notices) {
    struct rte_flow_error error = {0};
    if (!s->steering || s->group_count == 0) {
        return false;
    }
    if (rte_flow_isolate(port, 1, &error) != 0) {
        notice(notices, "steering: the port does not offer it (rte_flow isolated mode: %s)" FALLBACK,
               error.message != NULL ? error.message : "not supported");
        return false;
    }
    return true;
}

static struct rte_flow *rule(uint16_t port, const struct rte_flow_item *pattern, struct rte_flow_error *error) {
    const struct rte_flow_attr attributes = {.ingress = 1};
    const struct rte_flow_action_queue queue = {.index = 0};
    const struct rte_flow_action actions[] = {{.type = RTE_FLOW_ACTION_TYPE_QUEUE, .conf = &queue},
                                              {.type = RTE_FLOW_ACTION_TYPE_END}};
    return rte_flow_create(port, &attributes, pattern, actions, error);
}

/* A feed may come with an IEEE 802.1Q tag or without one, and each is a rule of its own. */
static struct rte_flow *group_rule(uint16_t port, const struct group *group, bool tagged, struct rte_flow_error *error) {
    const struct rte_flow_item_ipv4 ip = {.hdr.dst_addr = group->address}, ip_mask = {.hdr.dst_addr = UINT32_MAX};
    const struct rte_flow_item_udp udp = {.hdr.dst_port = group->port}, udp_mask = {.hdr.dst_port = UINT16_MAX};
    struct rte_flow_item pattern[5] = {{.type = RTE_FLOW_ITEM_TYPE_ETH}};
    int at = 1;
    if (tagged) {
        pattern[at++] = (struct rte_flow_item){.type = RTE_FLOW_ITEM_TYPE_VLAN};
    }
    pattern[at++] = (struct rte_flow_item){.type = RTE_FLOW_ITEM_TYPE_IPV4, .spec = &ip, .mask = &ip_mask};
    pattern[at++] = (struct rte_flow_item){.type = RTE_FLOW_ITEM_TYPE_UDP, .spec = &udp, .mask = &udp_mask};
    pattern[at] = (struct rte_flow_item){.type = RTE_FLOW_ITEM_TYPE_END};
    return rule(port, pattern, error);
}

/* Queries of the switch must come through for membership to last. */
static struct rte_flow *igmp_rule(uint16_t port, struct rte_flow_error *error) {
    const struct rte_flow_item_ipv4 ip = {.hdr.next_proto_id = IPPROTO_IGMP}, mask = {.hdr.next_proto_id = UINT8_MAX};
    const struct rte_flow_item pattern[] = {{.type = RTE_FLOW_ITEM_TYPE_ETH},
                                            {.type = RTE_FLOW_ITEM_TYPE_IPV4, .spec = &ip, .mask = &mask},
                                            {.type = RTE_FLOW_ITEM_TYPE_END}};
    return rule(port, pattern, error);
}

enum steering steering_start(uint16_t port, const struct settings *s, struct notices *notices) {
    struct rte_flow_error error = {0}, ignored = {0};
    const int rules = 2 * s->group_count + 1;
    for (int i = 0; i < rules; i++) {
        struct rte_flow *made = i < rules - 1 ? group_rule(port, &s->groups[i / 2], i % 2 == 1, &error) : igmp_rule(port, &error);
        if (made == NULL) {
            notice(notices, "steering: the port refuses rule %d of %d (%s)" FALLBACK, i + 1, rules,
                   error.message != NULL ? error.message : "not supported");
            rte_flow_flush(port, &ignored);
            return rte_flow_isolate(port, 0, &ignored) == 0 ? UNSTEERED : STUCK;
        }
    }
    return STEERED;
}
