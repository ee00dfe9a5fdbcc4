# ef_vi on Solarflare NICs, where OpenOnload is installed.
# shellcheck shell=bash disable=SC2034 # read by build.sh
vendor='OpenOnload 9.0 or later, from github.com/Xilinx-CNS/onload (scripts/onload_install) or from AMD'
headers='etherfabric/ef_vi.h etherfabric/efct_vi.h etherfabric/capabilities.h'
sources='counts.c device.c events.c filters.c memory.c ring.c sender.c settings.c source.c ../device_claim.c ../cycles.c'
# The static library: its structures lie open in the headers, so one build goes with one version; the driver checks which.
libs='-L/usr/lib64 -l:libciul1.a -pthread'
