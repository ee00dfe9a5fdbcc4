# The ef_vi backend over an emulated NIC, for tests. Never put into the jar.
# shellcheck shell=bash disable=SC2034,SC2154 # read by build.sh, which sets $here
packages=gcc
sources="$(echo "$here"/efvi/*.c) $here/device_claim.c $here/cycles.c driver.c frames.c interface.c lending.c memory.c nic.c ring.c wire.c"
cflags=-Iinclude
libs=-pthread
