# Read by build.sh: a backend whose frames come from memory, for the tests of the Java side. Nothing but a compiler.
# shellcheck shell=bash disable=SC2034
packages=gcc
sources=memory_source.c
cflags="-I../../../main/c"
