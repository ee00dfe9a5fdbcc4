# Read by build.sh: a library that was built for another version of the interface.
# shellcheck shell=bash disable=SC2034
packages=gcc
sources=../memory/memory_source.c
cflags="-I../../../main/c -DMEMORY_ABI=99 -DGIVEN_BACK=0xee"
