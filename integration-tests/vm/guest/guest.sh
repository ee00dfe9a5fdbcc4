# shellcheck shell=bash
# A guest that QEMU emulates (no KVM needed), to be sourced: Debian's kernel, an initramfs made on the spot, the host's
# file system read-only, one shared directory in which host and guest talk through files. Knows nothing of what runs in it.
#
#   guest_boot DIRECTORY SECONDS JOB [qemu arguments]   start; DIRECTORY/share is what both sides see
#   guest_await FILE SECONDS WHAT                       until the guest has made share/FILE
#   guest_finish SECONDS                                until it has switched itself off, with the job's exit code 0
#   guest_kill                                          at once; for a trap
#
# guest_inside may hold a command that QEMU is to be started with: ip netns exec NAME. guest_next is the second program, by
# default the one that runs the job; guest_append what the kernel's command line has beside what every guest needs.

guest_source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
guest_modules=(virtio_pci 9pnet_virtio 9p overlay vfio-pci)
guest_inside=()
guest_next=$guest_source/work
# intel_iommu: vfio-pci hands out only devices behind an IOMMU. 128 huge pages of 2 MiB are DPDK's memory.
guest_append="intel_iommu=on hugepages=128"
guest_pid=
guest_directory=

# The newest installed kernel that has every module; an image for clouds may lack some.
guest_kernel() {
    local image version
    while read -r image; do
        version=${image#/boot/vmlinuz-}
        if [ -r "$image" ] && guest_module_files "$version" >/dev/null 2>&1; then
            echo "$version"
            return
        fi
    done < <(printf '%s\n' /boot/vmlinuz-* | sort --version-sort --reverse)
    return 1
}

# Files of the modules and of what they need, in the order in which they must be loaded.
guest_module_files() {
    local module dependencies
    for module in "${guest_modules[@]}"; do
        dependencies=$(modprobe --set-version "$1" --show-depends "$module") || return 1
        echo "$dependencies"
    done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }'
    [ "${PIPESTATUS[0]}" -eq 0 ]
}

# guest_initramfs VERSION DIRECTORY
guest_initramfs() {
    local tree=$2/initramfs file
    mkdir -p "$tree"/{bin,modules,proc,sys,dev,host,layer,root}
    cp "$guest_source/init" "$tree/init"
    cp "$(command -v busybox)" "$tree/bin/busybox"
    # None where busybox is linked statically.
    for file in $(ldd "$tree/bin/busybox" 2>/dev/null | grep -o '/[^ ]*'); do
        mkdir -p "$tree${file%/*}"
        cp --dereference "$file" "$tree$file"
    done
    for file in $(guest_module_files "$1"); do
        cp "$file" "$tree/modules/"
        echo "${file##*/}" >>"$tree/modules/order"
    done
    (cd "$tree" && find . | cpio --create --format=newc --quiet | gzip -1) >"$2/initramfs.img"
}

guest_boot() {
    local directory=$1 seconds=$2 job=$3 kernel
    shift 3
    guest_directory=$directory
    kernel=$(guest_kernel) || {
        echo "no kernel in /boot has the modules ${guest_modules[*]}; install linux-image-amd64" >&2
        return 1
    }
    guest_initramfs "$kernel" "$directory"
    mkdir -p "$directory/share"
    printf '#!/bin/bash\nexec %q\n' "$job" >"$directory/share/job"
    chmod +x "$directory/share/job"
    # shellcheck disable=SC2054 # the commas are QEMU's
    local arguments=(
        # Nehalem has what DPDK needs at least (SSE4.2); what is newer costs time in emulation. Two processors, for
        # DPDK's own test program wants one beside the one that receives.
        -accel tcg,thread=multi -machine q35 -cpu Nehalem -smp 2 -m 2560
        -nodefaults -display none -no-reboot
        -serial "file:$directory/console.log"
        -kernel "/boot/vmlinuz-$kernel" -initrd "$directory/initramfs.img"
        -append "console=ttyS0 quiet panic=-1 mitigations=off $guest_append next=\"$guest_next\""
        -device "intel-iommu,intremap=on,caching-mode=on,device-iotlb=on"
        -virtfs "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap"
        -virtfs "local,path=$directory/share,mount_tag=share,security_model=none"
    )
    # timeout: whatever becomes of this script, the guest does not outlive its time.
    timeout --kill-after=5 "$seconds" "${guest_inside[@]}" qemu-system-x86_64 "${arguments[@]}" "$@" \
        >"$directory/qemu.log" 2>&1 &
    guest_pid=$!
}

guest_await() {
    local deadline=$((SECONDS + $2))
    until [ -e "$guest_directory/share/$1" ]; do
        if ! kill -0 "$guest_pid" 2>/dev/null || [ -e "$guest_directory/share/job.exit" ]; then
            [ -e "$guest_directory/share/$1" ] && return
            guest_complain "the guest ended before this: $3"
            return 1
        elif [ $SECONDS -ge $deadline ]; then
            guest_complain "not within $2 s: $3"
            return 1
        fi
        sleep 0.1
    done
}

guest_finish() {
    guest_await job.exit "$1" "the end of the guest's job" || return 1
    local code
    code=$(cat "$guest_directory/share/job.exit")
    if [ "$code" != 0 ]; then
        guest_complain "the guest's job failed (exit code $code)"
        return 1
    fi
    # It switches itself off in no time; should it not, nothing is lost any more.
    timeout 10 tail --pid="$guest_pid" --follow /dev/null || guest_kill
}

guest_kill() {
    if [ -n "$guest_pid" ]; then
        kill "$guest_pid" 2>/dev/null || true
        wait "$guest_pid" 2>/dev/null || true
        guest_pid=
    fi
}

# One clear message, then what there is to look at.
guest_complain() {
    local log
    echo "FAILED: $1" >&2
    for log in qemu.log console.log share/job.log; do
        if [ -s "$guest_directory/$log" ]; then
            echo "--- end of $log" >&2
            tail -n 25 "$guest_directory/$log" >&2
        fi
    done
}
