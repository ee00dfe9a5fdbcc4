# shellcheck shell=bash disable=SC2154
#
# Who sends at the other end of a wire, to be sourced: both print how many frames they sent. Needs wires.sh, $root,
# $capture and $work.

senders_pace=2000 # frames a second: an emulated NIC takes them without a long queue

# The captured CME session; nothing where the capture is absent.
send_captured() {
    if [ ! -e "$capture" ]; then
        echo 0
        return
    fi
    timeout 300 "${wires_inside[@]}" tcpreplay --intf1="$1" --pps=$senders_pace --preload-pcap "$capture" \
        >"$work/tcpreplay.log" 2>&1 || fail "tcpreplay: $(tail -n 3 "$work/tcpreplay.log")"
    awk '/Successful packets:/ { print $3 }' "$work/tcpreplay.log"
}

# The exchange simulator, with its losses on one line and on both: increments, snapshots and definitions.
send_simulated() {
    local target=$root/integration-tests/target
    timeout 300 "${wires_inside[@]}" "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx64m -XX:+UseSerialGC \
        -cp "$target/tickbridge-integration.jar:$target/lib/*" io.tickbridge.integration.exchange.Simulator \
        --interface "$1" --group-a 239.192.84.1:14310 --group-b 239.193.84.1:15310 \
        --rate 1000 --seconds 5 --halt 1 --loss-both 0.001 \
        >"$work/simulator.log" 2>&1 || fail "simulator: $(tail -n 3 "$work/simulator.log")"
    # "simulator: N packets sent, M lost on one line, ...": a packet goes out on both lines but for those.
    awk '/^simulator:/ { print 2 * $2 - $5 }' "$work/simulator.log"
}
