/* The emulated driver: its handle, protection domains with the NIC behind them, and what that NIC can do. */
#include "emulator.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void misuse(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("efvi emulator: misuse: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    abort();
}

const char *ef_vi_version_str(void) {
    return "EMULATED, no NIC";
}

int ef_driver_open(ef_driver_handle *out) {
    const char *driver = getenv("EFVI_EMULATOR_DRIVER");
    if (driver != NULL && strcmp(driver, "absent") == 0) {
        return -ENOENT;
    } else if (driver != NULL && strcmp(driver, "denied") == 0) {
        return -EACCES;
    }
    *out = open("/dev/null", O_RDWR | O_CLOEXEC);
    return *out < 0 ? -errno : 0;
}

int ef_driver_close(ef_driver_handle driver) {
    return close(driver);
}

static void set(struct emulated_nic *nic, const char *key, const char *value) {
    int number = atoi(value);
    struct { const char *key; bool *flag; } flags[] = {
        {"timestamps", &nic->timestamps}, {"merge", &nic->merge}, {"forced-merge", &nic->forced_merge},
        {"packets-events", &nic->packets_events}, {"vlan-filters", &nic->vlan_filters}, {"replication", &nic->replication},
        {"shared", &nic->shared}, {"lossy", &nic->lossy}, {"permission", &nic->permission},
        {"huge-pages", &nic->huge_pages},
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (strcmp(key, flags[i].key) == 0) {
            *flags[i].flag = number != 0;
            return;
        }
    }
    if (strcmp(key, "arch") == 0) {
        nic->x3 = strcmp(value, "x3") == 0;
    } else if (strcmp(key, "filters") == 0) {
        nic->filters = number;
    } else if (strcmp(key, "interfaces") == 0) {
        nic->interfaces = number;
    } else if (strcmp(key, "drops-before") == 0) {
        nic->drops_before = (uint32_t)number;
    } else {
        misuse("alias of %s: no key %s", nic->name, key);
    }
}

static void read_alias(struct emulated_nic *nic) {
    char path[128];
    char text[256] = "";
    snprintf(path, sizeof path, "/sys/class/net/%s/ifalias", nic->name);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return;
    }
    if (fgets(text, sizeof text, file) != NULL && strncmp(text, "efvi:", 5) == 0) {
        char *rest = NULL;
        for (char *one = strtok_r(text + 5, ",\n", &rest); one != NULL; one = strtok_r(NULL, ",\n", &rest)) {
            char *equals = strchr(one, '=');
            if (equals == NULL) {
                misuse("alias of %s: no value in %s", nic->name, one);
            }
            *equals = '\0';
            set(nic, one, equals + 1);
        }
    }
    fclose(file);
}

int ef_pd_alloc_by_name(ef_pd *pd, ef_driver_handle driver, const char *interface, enum ef_pd_flags flags) {
    (void)driver;
    (void)flags;
    if (strcmp(interface, "lo") == 0) {
        return -ENODEV; /* stands for every interface that is no Solarflare NIC's */
    }
    struct emulated_nic *nic = calloc(1, sizeof *nic);
    *nic = (struct emulated_nic){.timestamps = true, .merge = true, .vlan_filters = true, .replication = true,
                                 .filters = FILTERS_MOST, .interfaces = 16, .permission = true,
                                 .huge_pages = true};
    snprintf(nic->name, sizeof nic->name, "%s", interface);
    nic->index = (int)if_nametoindex(interface);
    read_alias(nic);
    if (!nic->permission || nic->index == 0) {
        int result = nic->index == 0 ? -ENODEV : -EPERM;
        free(nic);
        return result;
    }
    pd->nic = nic;
    return 0;
}

int ef_pd_free(ef_pd *pd, ef_driver_handle driver) {
    (void)driver;
    free(pd->nic);
    pd->nic = NULL;
    return 0;
}

int ef_pd_capabilities_get(ef_driver_handle driver, ef_pd *pd, ef_driver_handle pd_driver, enum ef_vi_capability capability,
                           unsigned long *value) {
    (void)driver;
    (void)pd_driver;
    const struct emulated_nic *nic = pd->nic;
    switch (capability) {
        case EF_VI_CAP_HW_MULTICAST_REPLICATION: *value = nic->replication; break;
        case EF_VI_CAP_HW_RX_TIMESTAMPING: *value = nic->timestamps; break;
        case EF_VI_CAP_RX_FILTER_TYPE_IP_VLAN: *value = nic->vlan_filters; break;
        case EF_VI_CAP_RXQ_SIZES: *value = 512 | 1024 | 2048 | 4096; break; /* an X2's */
        case EF_VI_CAP_RX_MERGE: *value = nic->merge && !nic->x3; break;
        case EF_VI_CAP_RX_FORCE_EVENT_MERGING: *value = nic->forced_merge && !nic->x3; break;
        case EF_VI_CAP_RX_REF: *value = nic->x3; break;
        default: return -EOPNOTSUPP;
    }
    return *value == 0 ? -EOPNOTSUPP : 0;
}
