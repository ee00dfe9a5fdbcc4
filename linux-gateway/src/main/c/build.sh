#!/usr/bin/env bash
# Builds the receive backends: one shared library for each folder here that has a backend.sh.
#   build.sh OUT [FOLDER]    into OUT/native/linux-ARCH/libtickbridge_BACKEND.so, from FOLDER (this one by default);
#                            what is made on the way lies beside OUT
# A backend that lacks something is skipped with one line that names it; under TICKBRIDGE_REQUIRE_ALL=1 that is a failure.
# What is newer than its sources is left alone.
#
# A backend.sh is read by this script, in its own subshell with the backend's folder as the working directory, and sets
#   packages     Debian packages that bring everything named below
#   vendor       instead of packages: what brings it where no package does; then nobody can require it, and a machine
#                without it is never a failure
#   sources      C files
# and where needed
#   modules      pkg-config modules that must be there, with versions ("libdpdk >= 22.11")
#   headers      headers that must be there, for libraries without pkg-config
#   programs     programs that must be there
#   cflags libs  further arguments of compiler and linker
#   prepare()    run before the compiler, with $work to put made files in; $work is searched for headers
set -euo pipefail

out=$1
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
folder=$(cd "${2:-$here}" && pwd)
arch=$(uname -m)
cc=${CC:-gcc}

# Any x86-64 server since 2009 can do -v2 (SSE4.2, POPCNT), which DPDK's headers need; more than that buys nothing here,
# where time goes into memory, and would die with SIGILL on another machine. TICKBRIDGE_MARCH=native is for those who want it.
march=${TICKBRIDGE_MARCH:-$([ "$arch" != x86_64 ] || echo x86-64-v2)}
common=(-std=gnu11 -O3 -g -Wall -Wextra -Werror -fPIC -fno-strict-aliasing -I"$here" -I"$folder")
# All backends have the same names for the gateway: -Bsymbolic lets each call its own, also when several are loaded.
# shellcheck disable=SC2054 # the linker wants these commas
link=(-shared -Wl,-Bsymbolic -Wl,--version-script="$here/tb_source.map" -Wl,-z,defs -Wl,-z,relro -Wl,-z,now)

skip() {
    if [ -n "$vendor" ]; then
        echo "receive backend $backend is not built: $1 is missing; it comes with $vendor" >&2
        exit 0
    fi
    echo "receive backend $backend is not built: $1 is missing; apt-get install $2" >&2
    [ "${TICKBRIDGE_REQUIRE_ALL:-}" != 1 ] || exit 1
    exit 0
}

build() {
    local packages='' vendor='' sources='' modules='' headers='' programs='' cflags='' libs='' name flags
    prepare() { :; }
    cd "$folder/$backend"
    work=$(dirname "$out")/receive-backends/$backend
    # shellcheck disable=SC1091 # each backend has its own
    . ./backend.sh
    target=$out/native/linux-$arch/libtickbridge_$backend.so
    command -v "$cc" >/dev/null 2>&1 || skip "the C compiler $cc" gcc
    echo '#include <stdio.h>' | "$cc" -E -x c - >/dev/null 2>&1 || skip "the C library's headers" libc6-dev
    for name in $programs; do
        command -v "$name" >/dev/null 2>&1 || skip "the program $name" "$packages"
    done
    if [ -n "$modules" ]; then
        command -v pkg-config >/dev/null 2>&1 || skip "the program pkg-config" pkg-config
        pkg-config --exists "$modules" || skip "$modules (pkg-config)" "$packages"
        cflags="$(pkg-config --cflags "$modules") $cflags"
        libs="$libs $(pkg-config --libs "$modules")"
    fi
    for name in $headers; do
        # shellcheck disable=SC2086 # a list of arguments
        echo "#include <$name>" | "$cc" $cflags -E -x c - >/dev/null 2>&1 || skip "the header $name" "$packages"
    done
    # The command too: other flags make another library.
    flags="$cc ${common[*]} $cflags ${march:+-march=$march} $sources ${link[*]} $libs"
    if [ -f "$target" ] && [ "$(cat "$work/command" 2>/dev/null)" = "$flags" ] \
            && [ -z "$(find . -type f -newer "$target" -print -quit)" ] \
            && [ -z "$(find "$here" -maxdepth 1 -type f -newer "$target" -print -quit)" ]; then
        return
    fi
    mkdir -p "$work" "$(dirname "$target")"
    prepare
    # -march last: pkg-config may bring its own.
    # shellcheck disable=SC2086 # lists of arguments
    "$cc" "${common[@]}" -I"$work" $cflags ${march:+-march=$march} $sources "${link[@]}" -o "$work/library.so" $libs
    echo "$flags" >"$work/command"
    # In one step: a gateway that has the old one open keeps it.
    mv "$work/library.so" "$target"
}

mkdir -p "$out"
out=$(cd "$out" && pwd)
status=0
for fragment in "$folder"/*/backend.sh; do
    [ -f "$fragment" ] || continue
    backend=$(basename "$(dirname "$fragment")")
    # Not in a condition, which would turn `set -e` off inside.
    set +e
    (set -e; build)
    failed=$?
    set -e
    if [ $failed -ne 0 ]; then
        status=1
        echo "receive backend $backend was not built" >&2
    fi
done
exit $status
