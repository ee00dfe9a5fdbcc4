# Read by build.sh: a library that needs another one, which is gone when it is loaded.
# shellcheck shell=bash disable=SC2034,SC2154
packages=gcc
sources=../memory/memory_source.c
cflags="-I../../../main/c"
libs="-Wl,--no-as-needed $work/libvanished.so"
prepare() {
    echo 'int vanished;' | "$cc" -shared -fPIC -Wl,-soname,libvanished.so.7 -x c - -o "$work/libvanished.so"
}
