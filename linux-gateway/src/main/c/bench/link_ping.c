/* Yardstick of the link: what leaves and comes back over loopback TCP when nothing but the system calls is done. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define OUT_LENGTH 104  /* a Signal frame: header of 32 bytes, block of 72 */
#define BACK_LENGTH 424 /* an OrderEvent frame: header of 32 bytes, block of 392 */
#define WARM_UP 2000    /* round trips not counted: caches, the peer's first page faults */
#define MOST_NANOS 2000000000 /* however few round trips a busy machine lets pass, it ends after so long */

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

/* Reads exactly so many bytes without ever sleeping; 0 at the end of the stream. */
static int spin_read(int socket, char *to, size_t length) {
    size_t done = 0;
    while (done < length) {
        ssize_t got = recv(socket, to + done, length - done, MSG_DONTWAIT);
        if (got == 0) {
            return 0;
        }
        if (got < 0 && errno != EAGAIN && errno != EINTR) {
            fail("recv");
        }
        done += got > 0 ? (size_t)got : 0;
    }
    return 1;
}

static void write_all(int socket, const char *from, size_t length) {
    if (send(socket, from, length, MSG_NOSIGNAL) != (ssize_t)length) {
        fail("send");
    }
}

static int by_value(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    long count = argc > 1 ? atol(argv[1]) : 20000;
    int one = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listening = socket(AF_INET, SOCK_STREAM, 0);
    if (listening < 0 || bind(listening, (struct sockaddr *)&address, size) != 0 || listen(listening, 1) != 0
        || getsockname(listening, (struct sockaddr *)&address, &size) != 0) {
        fail("listen");
    }
    pid_t child = fork();
    char out[OUT_LENGTH] = {0}, back[BACK_LENGTH] = {0};
    if (child == 0) {
        int peer = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(peer, (struct sockaddr *)&address, size) != 0) {
            fail("connect");
        }
        setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        while (spin_read(peer, out, OUT_LENGTH)) {
            write_all(peer, back, BACK_LENGTH);
        }
        _exit(0);
    }
    int peer = accept(listening, NULL, NULL);
    int64_t *nanos = malloc(sizeof *nanos * (size_t)count);
    if (peer < 0 || nanos == NULL) {
        fail("accept");
    }
    setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    long done = 0;
    int64_t start = now();
    for (long i = -WARM_UP; i < count && (done == 0 || now() - start < MOST_NANOS); i++) {
        int64_t begun = now();
        write_all(peer, out, OUT_LENGTH);
        if (!spin_read(peer, back, BACK_LENGTH)) {
            fail("peer left");
        }
        if (i >= 0) {
            nanos[i] = now() - begun;
            done = i + 1;
        }
    }
    close(peer);
    waitpid(child, NULL, 0);
    qsort(nanos, (size_t)done, sizeof *nanos, by_value);
    printf("p50=%lld p999=%lld\n", (long long)nanos[done / 2], (long long)nanos[done * 999 / 1000]);
    return 0;
}
