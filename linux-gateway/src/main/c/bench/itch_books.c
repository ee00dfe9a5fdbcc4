/*
 * What plain C needs to follow TotalView-ITCH 5.0 order by order: the yardstick of `tickbridge bench books`.
 *
 *   cc -O3 -march=native -o itch_books itch_books.c && ./itch_books DAY
 *
 * DAY is what the benchmark writes: a header of 32 bytes (offset of the timed part, messages in it, feeds, instruments of
 * each feed; 64 bit each, little-endian), then packets, each a 16-bit length, a 16-bit feed number (both little-endian) and
 * a MoldUDP64 packet. It is mapped and touched before the clock starts.
 *
 * For each message this does what a book needs and no more: an order is found by its reference (open addressing, linear
 * probing, deletion by moving up), kept in the queue of its price level, and the levels of a side are sorted with the
 * best one last. Memory is taken beforehand, so nothing grows while the clock runs. Before the messages of a packet
 * are applied, what their orders need is prefetched. No arbitration, no trust, no listener.
 *
 * Prints ns a message of the timed part, and a digest of all final levels to compare with.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

#define LOCATES 65536              /* a stock locate has 16 bits */
#define SPREAD 0x9e3779b97f4a7c15u /* 2^64 divided by the golden ratio */
#define MOLD_HEADER 20

typedef struct { uint64_t ref; uint32_t level, qty, prev, next; } Order;
typedef struct { uint64_t qty; uint32_t price, count, first, last, side, pad; } Level;
typedef struct { uint32_t price, level; } Entry;
typedef struct { Entry *at; int n, cap; } Side; /* best last */
typedef struct { uint64_t ref; uint64_t order; } Slot;
typedef struct {
    Side sides[LOCATES * 2]; /* bids even, asks odd */
    Slot *slots;
    uint64_t mask;
    int shift;
    Order *orders;
    Level *levels;
    uint32_t free_order, used_orders, free_level, used_levels;
} Feed;

static inline uint16_t b16(const uint8_t *p) { uint16_t v; memcpy(&v, p, 2); return __builtin_bswap16(v); }
static inline uint32_t b32(const uint8_t *p) { uint32_t v; memcpy(&v, p, 4); return __builtin_bswap32(v); }
static inline uint64_t b64(const uint8_t *p) { uint64_t v; memcpy(&v, p, 8); return __builtin_bswap64(v); }

static inline uint64_t home(const Feed *f, uint64_t ref) { return ref * SPREAD >> f->shift; }

static inline uint32_t find(const Feed *f, uint64_t ref) {
    for (uint64_t s = home(f, ref);; s = (s + 1) & f->mask) {
        if (f->slots[s].ref == ref) return (uint32_t)f->slots[s].order;
        if (f->slots[s].ref == 0) return 0;
    }
}

static inline void insert(Feed *f, uint64_t ref, uint32_t order) {
    uint64_t s = home(f, ref);
    while (f->slots[s].ref != 0) s = (s + 1) & f->mask;
    f->slots[s] = (Slot){ref, order};
}

static inline void erase(Feed *f, uint64_t ref) {
    uint64_t hole = home(f, ref);
    while (f->slots[hole].ref != ref) hole = (hole + 1) & f->mask;
    for (uint64_t s = hole;;) {
        s = (s + 1) & f->mask;
        if (f->slots[s].ref == 0) break;
        if (((s - home(f, f->slots[s].ref)) & f->mask) >= ((s - hole) & f->mask)) {
            f->slots[hole] = f->slots[s];
            hole = s;
        }
    }
    f->slots[hole].ref = 0;
}

/* First entry that is not worse than the price; bids rise towards the end, asks fall. */
static inline int search(const Side *side, uint32_t price, int bids) {
    int i = side->n;
    while (i > 0 && (bids ? side->at[i - 1].price >= price : side->at[i - 1].price <= price)) i--;
    return i;
}

static inline uint32_t level_at(Feed *f, uint32_t number, uint32_t price) {
    Side *side = &f->sides[number];
    const int i = search(side, price, !(number & 1));
    if (i < side->n && side->at[i].price == price) return side->at[i].level;
    if (side->n == side->cap) side->at = realloc(side->at, (size_t)(side->cap = side->cap ? side->cap * 2 : 4) * sizeof *side->at);
    memmove(&side->at[i + 1], &side->at[i], (size_t)(side->n - i) * sizeof *side->at);
    side->n++;
    uint32_t level = f->free_level;
    if (level) f->free_level = f->levels[level].first; else level = f->used_levels++;
    f->levels[level] = (Level){.price = price, .side = number};
    side->at[i] = (Entry){price, level};
    return level;
}

static inline void append(Feed *f, uint32_t o, uint32_t level, uint32_t qty) {
    Level *l = &f->levels[level];
    Order *order = &f->orders[o];
    order->level = level;
    order->qty = qty;
    order->prev = l->last;
    order->next = 0;
    if (l->last) f->orders[l->last].next = o; else l->first = o;
    l->last = o;
    l->qty += qty;
    l->count++;
}

static inline void unlink_order(Feed *f, uint32_t o) {
    const Order *order = &f->orders[o];
    Level *l = &f->levels[order->level];
    if (l->count == 1) {
        Side *side = &f->sides[l->side];
        const int i = search(side, l->price, !(l->side & 1));
        side->n--;
        memmove(&side->at[i], &side->at[i + 1], (size_t)(side->n - i) * sizeof *side->at);
        l->first = f->free_level;
        f->free_level = order->level;
        return;
    }
    if (order->prev) f->orders[order->prev].next = order->next; else l->first = order->next;
    if (order->next) f->orders[order->next].prev = order->prev; else l->last = order->prev;
    l->count--;
    l->qty -= order->qty;
}

static inline void drop(Feed *f, uint32_t o) {
    erase(f, f->orders[o].ref);
    unlink_order(f, o);
    f->orders[o].next = f->free_order;
    f->free_order = o;
}

static inline void add(Feed *f, uint32_t side, uint64_t ref, uint32_t price, uint32_t qty) {
    uint32_t o = f->free_order;
    if (o) f->free_order = f->orders[o].next; else o = f->used_orders++;
    f->orders[o].ref = ref;
    insert(f, ref, o);
    append(f, o, level_at(f, side, price), qty);
}

static inline void reduce(Feed *f, uint64_t ref, uint32_t qty) {
    const uint32_t o = find(f, ref);
    if (f->orders[o].qty == qty) {
        drop(f, o);
    } else {
        f->orders[o].qty -= qty;
        f->levels[f->orders[o].level].qty -= qty;
    }
}

static inline void message(Feed *f, const uint8_t *m) {
    switch (m[0]) {
    case 'A': case 'F':
        add(f, (uint32_t)b16(m + 1) * 2 + (m[19] == 'S'), b64(m + 11), b32(m + 32), b32(m + 20));
        break;
    case 'E': case 'C': case 'X':
        reduce(f, b64(m + 11), b32(m + 19));
        break;
    case 'D':
        drop(f, find(f, b64(m + 11)));
        break;
    case 'U': {
        const uint32_t o = find(f, b64(m + 11));
        const uint32_t side = f->levels[f->orders[o].level].side;
        erase(f, f->orders[o].ref);
        unlink_order(f, o);
        f->orders[o].ref = b64(m + 19);
        insert(f, f->orders[o].ref, o);
        append(f, o, level_at(f, side, b32(m + 31)), b32(m + 27));
        break;
    }
    default: /* says nothing of orders */
        break;
    }
}

static inline int names_order(uint8_t type) {
    return type == 'A' || type == 'F' || type == 'E' || type == 'C' || type == 'X' || type == 'D' || type == 'U';
}

static const uint8_t *packet(Feed *f, const uint8_t *p) {
    const int count = b16(p + 18);
    const uint8_t *m = p + MOLD_HEADER;
    for (int i = 0; i < count; m += 2 + b16(m), i++)
        if (names_order(m[2])) __builtin_prefetch(&f->slots[home(f, b64(m + 13))]);
    m = p + MOLD_HEADER;
    for (int i = 0; i < count; m += 2 + b16(m), i++)
        if (names_order(m[2]) && m[2] != 'A' && m[2] != 'F') __builtin_prefetch(&f->orders[find(f, b64(m + 13))]);
    m = p + MOLD_HEADER;
    for (int i = 0; i < count; m += 2 + b16(m), i++) message(f, m + 2);
    return m;
}

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t); /* as the gateway's benchmark: not what other processes take */
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

int main(int argc, char **argv) {
    struct stat st;
    const int fd = argc > 1 ? open(argv[1], O_RDONLY) : -1;
    if (fd < 0 || fstat(fd, &st) != 0) {
        fprintf(stderr, "usage: itch_books DAY\n");
        return 2;
    }
    const uint8_t *day = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    if (day == MAP_FAILED) {
        perror(argv[1]);
        return 1;
    }
    uint64_t header[4];
    memcpy(header, day, sizeof header);
    const uint64_t orders = strtoull(argc > 2 ? argv[2] : "16777216", NULL, 10);
    Feed *feeds = calloc(header[2], sizeof *feeds);
    for (uint64_t i = 0; i < header[2]; i++) {
        uint64_t slots = 8192;
        while (slots / 8 * 5 < orders) slots *= 2;
        feeds[i].mask = slots - 1;
        feeds[i].shift = 64 - __builtin_ctzll(slots);
        feeds[i].slots = calloc(slots, sizeof(Slot));
        feeds[i].orders = malloc((orders + 2) * sizeof(Order));
        feeds[i].levels = malloc((orders + 2) * sizeof(Level));
        feeds[i].used_orders = feeds[i].used_levels = 1;
    }
    const uint8_t *p = day + sizeof header, *end = day + st.st_size, *timed = day + header[0];
    uint64_t begin = 0;
    while (p < end) {
        if (p == timed) begin = now();
        uint16_t feed;
        memcpy(&feed, p + 2, 2);
        p = packet(&feeds[feed], p + 4);
    }
    const uint64_t nanos = now() - begin;
    uint64_t digest = 0;
    for (uint64_t i = 0; i < header[2]; i++)
        for (uint64_t s = 0; s < LOCATES * 2; s++)
            for (int e = feeds[i].sides[s].n - 1; e >= 0; e--) {
                const Level *l = &feeds[i].levels[feeds[i].sides[s].at[e].level];
                digest = digest * 31 + i;
                digest = digest * 31 + s;
                digest = digest * 31 + l->price;
                digest = digest * 31 + l->qty;
                digest = digest * 31 + l->count;
            }
    printf("ns_per_message=%.3f digest=%016llx\n", (double)nanos / (double)header[1], (unsigned long long)digest);
    return 0;
}
