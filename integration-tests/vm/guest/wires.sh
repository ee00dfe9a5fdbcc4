# shellcheck shell=bash
# Wires between this machine and a guest's NICs, to be sourced: tap devices in a network namespace of their own, so that
# nothing of it touches the machine's network. What is sent into a wire here reaches the NIC in the guest. Needs root.
#
#   wires_up WIRE...       make them; wires_inside then holds the command that runs others in the namespace
#   wires_down             remove all of it; for a trap
#   wires_nic WIRE MAC DEVICE FILE
#                          QEMU's arguments for a NIC on that wire, one a line; QEMU records what crosses it in FILE
#   wires_dropped WIRE     frames that its queue had no room for so far

wires_namespace=tickbridge-vm-$$
wires_inside=(ip netns exec "$wires_namespace")

wires_up() {
    local wire number=1
    ip netns add "$wires_namespace" || return 1
    for wire in "$@"; do
        ip -n "$wires_namespace" tuntap add "$wire" mode tap || return 1
        "${wires_inside[@]}" sysctl -q -w "net.ipv6.conf.$wire.disable_ipv6=1"
        # An emulated NIC is slow: the queue holds all of a session while QEMU takes it frame by frame.
        ip -n "$wires_namespace" link set "$wire" up txqueuelen 50000
        ip -n "$wires_namespace" address add "192.168.$((76 + number)).1/24" dev "$wire"
        number=$((number + 1))
    done
}

wires_down() {
    ip netns delete "$wires_namespace" 2>/dev/null || true
}

wires_nic() {
    # vnet_hdr would put ten or more bytes in front of each frame, in the record too.
    printf '%s\n' -netdev "tap,id=$1,ifname=$1,script=no,downscript=no,vnet_hdr=off" \
        -device "$3,netdev=$1,mac=$2" -object "filter-dump,id=record-$1,netdev=$1,file=$4"
}

wires_dropped() {
    # sysfs shows the namespace in which it was mounted, and `ip netns exec` mounts it anew.
    "${wires_inside[@]}" cat "/sys/class/net/$1/statistics/tx_dropped"
}
