# Read by build.sh: a backend that needs what no machine has, and is left out.
# shellcheck shell=bash disable=SC2034
packages=libnosuch-dev
modules="libnosuch >= 22.11"
sources=never_written.c
