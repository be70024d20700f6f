// Threads with a known stack, and their CPU clocks.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CLuaBridge.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef __APPLE__
#include <mach/mach.h>
#include <mach/thread_info.h>
#endif

struct nj_thread {
    pthread_t id;
};

typedef struct start_info {
    void (*body)(void *);
    void *context;
    char name[16];
} start_info;

static void *start(void *argument) {
    start_info info = *(start_info *)argument;
    free(argument);
#ifdef __APPLE__
    pthread_setname_np(info.name);
#else
    pthread_setname_np(pthread_self(), info.name);
#endif
    info.body(info.context);
    return NULL;
}

nj_thread *nj_thread_start(void (*body)(void *), void *context, size_t stack_bytes, const char *name) {
    nj_thread *thread = calloc(1, sizeof *thread);
    start_info *info = calloc(1, sizeof *info);
    pthread_attr_t attributes;
    if (thread == NULL || info == NULL || pthread_attr_init(&attributes) != 0) {
        free(thread);
        free(info);
        return NULL;
    }
    info->body = body;
    info->context = context;
    strncpy(info->name, name, sizeof info->name - 1);
    pthread_attr_setstacksize(&attributes, stack_bytes);
    int result = pthread_create(&thread->id, &attributes, start, info);
    pthread_attr_destroy(&attributes);
    if (result == 0) return thread;
    free(info);
    free(thread);
    return NULL;
}

void nj_thread_join(nj_thread *thread) {
    pthread_join(thread->id, NULL);
    free(thread);
}

void nj_thread_detach(nj_thread *thread) {
    pthread_detach(thread->id);
    free(thread);
}

void nj_thread_demote(nj_thread *thread) {
#ifdef SCHED_IDLE
    struct sched_param parameters = {0};
    pthread_setschedparam(thread->id, SCHED_IDLE, &parameters);
#else
    (void)thread;
#endif
}

uint64_t nj_thread_cpu_ns(const nj_thread *thread) {
#ifdef __APPLE__
    thread_basic_info_data_t info;
    mach_msg_type_number_t count = THREAD_BASIC_INFO_COUNT;
    if (thread_info(pthread_mach_thread_np(thread->id), THREAD_BASIC_INFO, (thread_info_t)&info, &count) != 0) return 0;
    uint64_t seconds = (uint64_t)info.user_time.seconds + (uint64_t)info.system_time.seconds;
    uint64_t micros = (uint64_t)info.user_time.microseconds + (uint64_t)info.system_time.microseconds;
    return seconds * 1000000000u + micros * 1000u;
#else
    clockid_t clock;
    struct timespec time;
    if (pthread_getcpuclockid(thread->id, &clock) != 0 || clock_gettime(clock, &time) != 0) return 0;
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
#endif
}
