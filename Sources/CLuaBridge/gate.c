// Locks, and gates to wait at.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CLuaBridge.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct nj_lock {
    pthread_mutex_t mutex;
};

nj_lock *nj_lock_create(void) {
    nj_lock *lock = calloc(1, sizeof *lock);
    if (lock == NULL) abort(); // nothing can be said without memory for a lock
    pthread_mutex_init(&lock->mutex, NULL);
    return lock;
}

void nj_lock_destroy(nj_lock *lock) {
    pthread_mutex_destroy(&lock->mutex);
    free(lock);
}

void nj_lock_acquire(nj_lock *lock) { pthread_mutex_lock(&lock->mutex); }

void nj_lock_release(nj_lock *lock) { pthread_mutex_unlock(&lock->mutex); }

struct nj_gate {
    pthread_mutex_t mutex;
    pthread_cond_t condition;
    bool open;
};

nj_gate *nj_gate_create(void) {
    nj_gate *gate = calloc(1, sizeof *gate);
    if (gate == NULL) return NULL;
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
#ifndef __APPLE__
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
#endif
    pthread_mutex_init(&gate->mutex, NULL);
    pthread_cond_init(&gate->condition, &attributes);
    pthread_condattr_destroy(&attributes);
    return gate;
}

void nj_gate_destroy(nj_gate *gate) {
    pthread_cond_destroy(&gate->condition);
    pthread_mutex_destroy(&gate->mutex);
    free(gate);
}

void nj_gate_open(nj_gate *gate) {
    pthread_mutex_lock(&gate->mutex);
    gate->open = true;
    pthread_cond_signal(&gate->condition);
    pthread_mutex_unlock(&gate->mutex);
}

void nj_gate_wait(nj_gate *gate) {
    pthread_mutex_lock(&gate->mutex);
    while (!gate->open) pthread_cond_wait(&gate->condition, &gate->mutex);
    gate->open = false;
    pthread_mutex_unlock(&gate->mutex);
}

bool nj_gate_wait_ns(nj_gate *gate, uint64_t timeout_ns) {
    struct timespec until;
#ifdef __APPLE__
    until.tv_sec = (time_t)(timeout_ns / 1000000000u);
    until.tv_nsec = (long)(timeout_ns % 1000000000u);
#else
    clock_gettime(CLOCK_MONOTONIC, &until);
    uint64_t nanoseconds = (uint64_t)until.tv_nsec + timeout_ns % 1000000000u;
    until.tv_sec += (time_t)(timeout_ns / 1000000000u + nanoseconds / 1000000000u);
    until.tv_nsec = (long)(nanoseconds % 1000000000u);
#endif
    pthread_mutex_lock(&gate->mutex);
    int result = 0;
    while (!gate->open && result != ETIMEDOUT) {
#ifdef __APPLE__
        result = pthread_cond_timedwait_relative_np(&gate->condition, &gate->mutex, &until);
#else
        result = pthread_cond_timedwait(&gate->condition, &gate->mutex, &until);
#endif
    }
    bool passed = gate->open;
    gate->open = false;
    pthread_mutex_unlock(&gate->mutex);
    return passed;
}
