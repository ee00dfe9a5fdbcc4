# shellcheck shell=bash disable=SC2154
#
# Signals of the guest and of the file path, to be sourced. Needs $here, $work, $tickbridge.

# configuration NAME CAPTURE: the same for both but for where frames come from
configuration() {
    sed "s|@NAME@|$1|; s|@CAPTURE@|$2|" "$here/gateway.yaml"
}

# signals_of JOURNAL: every field of each signal's body; where it lies and when its frame came are no part of it
signals_of() {
    "$tickbridge" replay --journal "$1" --signals | cut --fields=2- | sed 's/ receiveTime=[0-9]*$//'
}

# file_path NAME CAPTURE [JAVA-OPTION]: what the file path makes of a capture, into $work/file-path/NAME/signals
file_path() {
    local directory=$work/file-path/$1
    mkdir -p "$directory"
    configuration "$1" "{source: pcap, file: \"$2\"}" >"$directory/gateway.yaml"
    TICKBRIDGE_JAVA_OPTS="${TICKBRIDGE_JAVA_OPTS:-} ${3:-}" "$tickbridge" run --config "$directory/gateway.yaml" \
        >"$directory/gateway.log" 2>&1 \
        || fail "the file path on $2: $(tail -n 3 "$directory/gateway.log")"
    signals_of "$directory/journal" >"$directory/signals"
}

# same_signals WHAT EXPECTED ACTUAL
same_signals() {
    cmp --silent "$2" "$3" || fail "signals differ from $1; first: $(diff "$2" "$3" | head -n 4)"
    [ "$(wc -l <"$3")" -gt 2500 ] || fail "only $(wc -l <"$3") signals to compare with $1, which proves little"
}
