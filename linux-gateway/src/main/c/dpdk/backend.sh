# Read by build.sh: the DPDK backend. 22.11 is what Debian 12 has; its NIC drivers are loaded by DPDK itself.
# shellcheck shell=bash disable=SC2034
packages="libdpdk-dev"
modules="libdpdk >= 22.11"
sources="source.c settings.c environment.c cores.c free_memory.c clock_line.c device.c interface.c rights.c port.c steering.c nic_clock.c watch.c pcap_packets.c
         kernel_sockets.c ../device_claim.c ../cycles.c"
# rte_eth_read_clock and rte_flow are "experimental" in 22.11: unchanged since 19.08.
cflags="-DALLOW_EXPERIMENTAL_API"
