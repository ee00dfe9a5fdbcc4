# shellcheck shell=bash disable=SC2034,SC2154
# AF_XDP: libxdp's sockets, and an XDP program that clang compiles and the library carries inside itself.
packages='libxdp-dev libbpf-dev clang llvm pkgconf'
modules='libxdp >= 1.2 libbpf >= 1.0'
programs='clang llvm-strip'
sources='device.c membership.c program.c queue.c settings.c source.c text.c ../device_claim.c ../cycles.c'

prepare() {
    # The kernel's headers lie where the C compiler has them, which clang for this target does not look.
    clang -O2 -g -Wall -Wextra -Werror -target bpf -I"/usr/include/$("$cc" -print-multiarch)" \
        -c redirect.bpf.c -o "$work/redirect.bpf.o"
    # Types of maps stay, which libbpf reads; what is only for debuggers goes.
    llvm-strip -g "$work/redirect.bpf.o"
    {
        echo '/* Made from redirect.bpf.c. Aligned as an ELF file wants to be. */'
        echo 'static const unsigned char redirect_object[] __attribute__((aligned(8))) = {'
        od -An -v -tx1 "$work/redirect.bpf.o" | sed 's/ \(..\)/0x\1,/g'
        echo '};'
    } >"$work/redirect_object.h"
}
