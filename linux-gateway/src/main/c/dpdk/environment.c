/* Starts DPDK's environment abstraction layer, so that the process around it notices nothing of it. */
#define _GNU_SOURCE
#include "environment.h"

#include "cores.h"
#include "free_memory.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <rte_eal.h>
#include <rte_errno.h>
#include <rte_log.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_ARGUMENTS 128
#define MEGABYTE (1ULL << 20)
/* Without huge pages all memory is one mapping made at the start, whose pages are only taken when touched: enough for
 * sources opened later, too. */
#define LEAST_ORDINARY_MEGABYTES 512
/* Huge pages beside the packet buffers: rings, queues, DPDK's own lists. */
#define OTHER_BYTES (16 * MEGABYTE)
#define WORDS 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool running;
static bool on_huge_pages;

static pthread_mutex_t words_lock = PTHREAD_MUTEX_INITIALIZER;
static char words[WORDS];
static size_t words_length;

void notice(struct notices *notices, const char *format, ...) {
    size_t used = strlen(notices->text);
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(notices->text + used, sizeof notices->text - used, format, arguments);
    va_end(arguments);
    if (length < 0 || used + (size_t)length + 2 > sizeof notices->text) {
        notices->text[used] = 0;
    } else {
        strcpy(notices->text + used + length, "\n");
    }
}

/* Standard output and error are the program's own; what DPDK says is kept for error messages, and shown as it comes where
 * TICKBRIDGE_DPDK_LOG is set. */
static ssize_t listen_to(void *cookie, const char *text, size_t size) {
    (void)cookie;
    pthread_mutex_lock(&words_lock);
    size_t fits = size < WORDS ? size : WORDS - 1;
    if (words_length + fits >= WORDS) {
        words_length = 0;
    }
    memcpy(words + words_length, text, fits);
    words_length += fits;
    pthread_mutex_unlock(&words_lock);
    if (getenv("TICKBRIDGE_DPDK_LOG") != NULL) {
        ssize_t ignored = write(STDERR_FILENO, text, size);
        (void)ignored;
    }
    return (ssize_t)size;
}

static FILE *listener(void) {
    static const cookie_io_functions_t ears = {.write = listen_to};
    FILE *file = fopencookie(NULL, "w", ears);
    if (file != NULL) {
        setvbuf(file, NULL, _IOLBF, 0);
    }
    return file;
}

void environment_forget_words(void) {
    pthread_mutex_lock(&words_lock);
    words_length = 0;
    pthread_mutex_unlock(&words_lock);
}

const char *environment_last_words(char *line, size_t size) {
    pthread_mutex_lock(&words_lock);
    snprintf(line, size, "%.*s", (int)words_length, words);
    pthread_mutex_unlock(&words_lock);
    /* Lines become one line. */
    for (size_t length = strlen(line); length > 0 && line[length - 1] == '\n'; length--) {
        line[length - 1] = 0;
    }
    for (char *end = line; (end = strchr(end, '\n')) != NULL; end++) {
        *end = ';';
    }
    return line;
}

/* Free huge pages of the kernel's default size, which is what EAL takes without a mount point. */
static uint64_t free_huge_bytes(void) {
    FILE *file = fopen("/proc/meminfo", "re");
    unsigned long long pages = 0, kilobytes = 0;
    char line[128];
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        sscanf(line, "HugePages_Free: %llu", &pages);
        sscanf(line, "Hugepagesize: %llu kB", &kilobytes);
    }
    if (file != NULL) {
        fclose(file);
    }
    return pages * kilobytes * 1024;
}

static int choose_memory(const struct settings *s, uint64_t bytes, struct notices *notices, char *error, int32_t error_size) {
    uint64_t need = bytes + OTHER_BYTES, available = free_huge_bytes();
    on_huge_pages = s->huge_pages != HUGE_NEVER && available >= need;
    if (s->huge_pages == HUGE_REQUIRE && !on_huge_pages) {
        snprintf(error, error_size,
                 "huge-pages: require, but %llu MB of huge pages are free and %llu MB are needed; reserve more: sysctl -w "
                 "vm.nr_hugepages=N, or set huge-pages: auto",
                 (unsigned long long)(available / MEGABYTE), (unsigned long long)(need / MEGABYTE));
        return -1;
    }
    if (s->huge_pages == HUGE_AUTO && !on_huge_pages) {
        notice(notices,
               "runs without huge pages: %llu MB of them are free and %llu MB are needed (sysctl -w vm.nr_hugepages=N); "
               "receiving costs more time, and NICs that need physical addresses do not work",
               (unsigned long long)(available / MEGABYTE), (unsigned long long)(need / MEGABYTE));
    }
    return 0;
}

struct start {
    int count;
    char *arguments[MAX_ARGUMENTS + 1];
    int result, reason;
};

/* Of arguments that EAL does not know, it prints a page of those it does to standard output, and which it was to standard
 * error. These are the C library's; Java writes to the file descriptors. */
static void *start(void *argument) {
    struct start *s = argument;
    FILE *own_output = stdout, *own_error = stderr, *nowhere = fopen("/dev/null", "we"), *heard = listener();
    stdout = nowhere != NULL ? nowhere : stdout;
    stderr = heard != NULL ? heard : stderr;
    s->result = rte_eal_init(s->count, s->arguments);
    s->reason = rte_errno;
    fflush(stderr);
    stdout = own_output;
    stderr = own_error;
    if (nowhere != NULL) {
        fclose(nowhere);
    }
    if (heard != NULL) {
        fclose(heard);
    }
    return NULL;
}

/* libbpf and libxdp, which net_af_xdp brings, speak on standard error unless told otherwise. */
static int listen_to_libraries(int level, const char *format, va_list values) {
    char said[256];
    (void)level;
    int length = vsnprintf(said, sizeof said, format, values);
    if (length > 0) {
        listen_to(NULL, said, (size_t)length < sizeof said ? (size_t)length : sizeof said - 1);
    }
    return length;
}

void environment_quieten(void) {
    static const char *const libraries[][2] = {{"libbpf.so.1", "libbpf_set_print"}, {"libxdp.so.1", "libxdp_set_print"}};
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        void *library = dlopen(libraries[i][0], RTLD_LAZY | RTLD_NOLOAD);
        if (library == NULL) {
            continue;
        }
        /* Both take a function of (enum level, const char *, va_list) and give back the one before. */
        void *(*set_print)(int (*)(int, const char *, va_list)) = NULL;
        *(void **)&set_print = dlsym(library, libraries[i][1]);
        if (set_print != NULL) {
            set_print(listen_to_libraries);
        }
        dlclose(library);
    }
}

/* EAL binds the thread that starts it to one core for good. That must not be a thread of the gateway's. */
static int start_on_thread_of_its_own(struct start *s) {
    pthread_t thread;
    int failed = pthread_create(&thread, NULL, start, s);
    if (failed == 0) {
        failed = pthread_join(thread, NULL);
    }
    return failed;
}

static void add(struct start *s, char *argument) {
    if (s->count < MAX_ARGUMENTS) {
        s->arguments[s->count++] = argument;
    }
}

/* Ordinary memory that is asked for: more than is free, and the kernel would kill the gateway while it fills it. */
static uint64_t ordinary_megabytes(const struct settings *s, uint64_t bytes) {
    if (s->memory != 0) {
        return s->memory / MEGABYTE;
    }
    uint64_t wanted = (bytes + OTHER_BYTES) / MEGABYTE * 5 / 4;
    return wanted < LEAST_ORDINARY_MEGABYTES ? LEAST_ORDINARY_MEGABYTES : wanted;
}

static int check_ordinary_memory(uint64_t bytes, char *error, int32_t error_size) {
    const char *limit;
    uint64_t available = free_memory(&limit), need = bytes + OTHER_BYTES;
    if (!on_huge_pages && need > available) {
        snprintf(error, error_size,
                 "%llu MB of ordinary memory are needed for packet buffers and %llu MB are free (%s); set buffers or descriptors "
                 "lower, or free memory",
                 (unsigned long long)(need / MEGABYTE), (unsigned long long)(available / MEGABYTE), limit);
        return -1;
    }
    return 0;
}

/* These print and end the process, or change what the settings are for. */
static bool is_refused(const char *argument) {
    static const char *const refused[] = {"-h", "--help", "-v", "--version"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (strcmp(argument, refused[i]) == 0) {
            return true;
        }
    }
    /* getopt_long takes any beginning that fits no other. */
    return strncmp(argument, "--h", 3) == 0 && strncmp("--help", argument, strlen(argument)) == 0;
}

static int add_own(struct start *call, char *own, char *error, int32_t error_size) {
    for (char *rest = own, *argument; (argument = strsep(&rest, " ")) != NULL;) {
        if (*argument == 0) {
            continue;
        }
        if (is_refused(argument)) {
            snprintf(error, error_size, "eal-arguments: %s would end the gateway; dpdk-testpmd -h lists the arguments", argument);
            return -1;
        }
        if (call->count == MAX_ARGUMENTS) {
            snprintf(error, error_size, "eal-arguments: more than %d words; leave some out", MAX_ARGUMENTS);
            return -1;
        }
        add(call, argument);
    }
    return 0;
}

static int start_with(const struct settings *s, uint64_t bytes, char *error, int32_t error_size) {
    struct start call = {0};
    char lcores[1024], megabytes[24], own[sizeof s->eal];
    uint64_t wanted = s->memory / MEGABYTE;
    if (check_ordinary_memory(bytes, error, error_size) != 0) {
        return -1;
    }
    /* One logical core is enough: receive threads register themselves. It may float over the CPUs that the process may use. */
    if (!cores_allowed(lcores, sizeof lcores)) {
        snprintf(error, error_size, "cannot choose a CPU for DPDK: %s",
                 errno != 0 ? strerror(errno) : "it knows those below 1024, and the process may use none of them (taskset -p PID)");
        return -1;
    }
    add(&call, "tickbridge");
    add(&call, lcores);
    add(&call, "--no-telemetry"); /* it would open a socket of its own */
    /* No device is probed now: each source brings its own. 0:0.0 is the host bridge, which no driver wants. */
    add(&call, "-a");
    add(&call, "0000:00:00.0");
    if (on_huge_pages) {
        /* No file is left behind, and other DPDK programs are not met. Memory grows and shrinks with the sources. */
        add(&call, "--in-memory");
    } else {
        add(&call, "--no-huge");
        add(&call, "--no-shconf");
        wanted = ordinary_megabytes(s, bytes);
    }
    if (wanted > 0) {
        snprintf(megabytes, sizeof megabytes, "%llu", (unsigned long long)wanted);
        add(&call, "-m");
        add(&call, megabytes);
    }
    snprintf(own, sizeof own, "%s", s->eal);
    if (add_own(&call, own, error, error_size) != 0) {
        return -1;
    }
    int failed = start_on_thread_of_its_own(&call);
    if (failed != 0 || call.result < 0) {
        char said[400];
        snprintf(error, error_size, "DPDK does not start: %s%s%s; look at eal-arguments (\"%s\") and huge-pages",
                 failed != 0 ? strerror(failed) : rte_strerror(call.reason), *environment_last_words(said, sizeof said) ? ": " : "",
                 said, s->eal);
        return -1;
    }
    return 0;
}

int environment_start(const struct settings *s, uint64_t bytes, struct notices *notices, char *error, int32_t error_size) {
    pthread_mutex_lock(&lock);
    int result = 0;
    if (!running) {
        FILE *log = listener();
        if (log != NULL) {
            rte_openlog_stream(log);
        }
        environment_forget_words();
        result = choose_memory(s, bytes, notices, error, error_size);
        if (result == 0) {
            result = start_with(s, bytes, error, error_size);
            running = result == 0;
        }
    } else if (s->huge_pages == HUGE_REQUIRE && !on_huge_pages) {
        snprintf(error, error_size, "huge-pages: require, but an earlier source of this process started DPDK without; start anew");
        result = -1;
    }
    pthread_mutex_unlock(&lock);
    return result;
}
