/* The descriptor ring of an X2: buffers that wait for frames. Filled in batches, since each push writes to the NIC. */
#include "source.h"

#include <stdlib.h>

int ring_open(struct tb_source *source, struct message error) {
    int batch = source->settings.refill_batch;
    int capacity = ef_vi_receive_capacity(&source->vi);
    int events = ef_eventq_capacity(&source->vi);
    if (events < capacity) {
        capacity = events; /* every descriptor may cause an event, and an overflowing event queue is fatal */
    }
    /* Whole batches only, and no more buffers than the ring has room for: then a refill never meets a full ring. */
    source->buffer_count = capacity / batch * batch;
    if (source->buffer_count == 0) {
        return refuse(error, "%s: the NIC gave a ring of %d descriptors, less than refill-batch=%d",
                      source->settings.interface, capacity, batch);
    }
    size_t count = (size_t)source->buffer_count;
    source->free_ids = calloc(count, sizeof *source->free_ids);
    source->addresses = calloc(count, sizeof *source->addresses);
    if (source->free_ids == NULL || source->addresses == NULL) {
        return refuse(error, "out of memory");
    }
    if (memory_open(source, &source->buffers, count * BUFFER_BYTES, source->settings.huge_pages, error) != 0) {
        return -1;
    }
    for (int id = 0; id < source->buffer_count; id++) {
        source->addresses[id] = ef_memreg_dma_addr(&source->buffers.registration, (size_t)id * BUFFER_BYTES);
        source->free_ids[source->free_count++] = source->buffer_count - 1 - id;
    }
    source->buffer_room = ef_vi_receive_buffer_len(&source->vi);
    ring_refill(source);
    return 0;
}

void ring_refill(struct tb_source *source) {
    int batch = source->settings.refill_batch;
    if (source->free_count < batch) {
        return;
    }
    do {
        for (int i = 0; i < batch; i++) {
            ef_request_id id = source->free_ids[source->free_count - 1];
            if (ef_vi_receive_init(&source->vi, source->addresses[id], id) != 0) {
                break; /* a ring smaller than it said: the buffer stays free */
            }
            source->free_count--;
        }
    } while (source->free_count >= batch && ef_vi_receive_space(&source->vi) >= batch);
    ef_vi_receive_push(&source->vi);
    count(source, SEEN_REFILLS);
}

void ring_close(struct tb_source *source) {
    memory_close(source, &source->buffers);
    free(source->free_ids);
    free(source->addresses);
    source->free_ids = NULL;
    source->addresses = NULL;
}
