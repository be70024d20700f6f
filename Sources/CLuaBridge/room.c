// Collecting with the limit in mind. Lua tries a collection of its own when an object does not fit, but the buffers of its libraries
// ask the allocator directly: without room, `string.rep` fails for the garbage of another script.
#include "bridge.h"

enum { PAUSE_USUAL = 200, PAUSE_LEAST = 110 };

/// What is in use, from which the next collection is worth its cost: much of it is new.
static size_t worthwhile(size_t limit, size_t live) {
    size_t left = limit > live ? limit - live : 0;
    size_t step = left / 2 < limit / 8 ? left / 2 : limit / 8;
    if (step < limit / 32) step = limit / 32;
    return live + step > limit / 2 ? live + step : limit / 2;
}

/// Lua waits until what is in use has doubled, which may be past the limit. The cycle after this is to begin half way to the limit.
static void set_pace(nj_vm *vm, size_t live) {
    size_t pause = 50 + 50 * (vm->limits.memory_bytes_max / 1024) / (live / 1024 + 1);
    if (pause > PAUSE_USUAL) pause = PAUSE_USUAL;
    if (pause < PAUSE_LEAST) pause = PAUSE_LEAST;
    if (pause == vm->pause) return;
    lua_gc(vm->main, LUA_GCINC, (int)pause, 0, 0);
    // The pause that has begun is as long as the old value says: the step makes it shorter, and is none by itself.
    if (pause < vm->pause) lua_gc(vm->main, LUA_GCSTEP, (int)(live / 1024 * (vm->pause - pause) / 100));
    vm->pause = pause;
}

void njx_make_room(nj_vm *vm) {
    size_t used = nj_memory_used(vm);
    if (used >= vm->room_high) lua_gc(vm->main, LUA_GCCOLLECT);
    size_t live = nj_memory_used(vm);
    set_pace(vm, live);
    vm->room_high = worthwhile(vm->limits.memory_bytes_max, live);
    vm->room_low = vm->pause < PAUSE_USUAL ? live / 2 : 0;
}

void njx_recover_room(nj_vm *vm) {
    vm->room_high = 0;
    njx_make_room(vm);
}

void njx_room_begin(nj_vm *vm) {
    vm->pause = PAUSE_USUAL;
    vm->room_high = worthwhile(vm->limits.memory_bytes_max, 0);
}

size_t nj_collector_pause(const nj_vm *vm) { return vm->pause; }
