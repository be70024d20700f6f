// Tracebacks, written to a buffer of the VM: taking one never allocates, so it works when memory is short.
#include "bridge.h"

#include <stdio.h>
#include <string.h>

enum { FRAMES_MAX = 24 };

void njx_trace_clear(nj_vm *vm) {
    vm->trace_length = 0;
    vm->source[0] = '\0';
    vm->io.line = 0;
}

void njx_trace_append(nj_vm *vm, const char *text, size_t length) {
    size_t room = NJX_TRACE_MAX - vm->trace_length;
    if (length > room) length = room;
    memcpy(vm->trace + vm->trace_length, text, length);
    vm->trace_length += length;
}

/// Whether a frame is none of the script's: a C function, or a prelude. Needs `S` and `l`.
bool njx_is_native(const lua_Debug *ar) {
    return ar->currentline <= 0 || strncmp(ar->source, NJX_PRELUDE_PREFIX, sizeof NJX_PRELUDE_PREFIX - 1) == 0;
}

static const char *kind_of_name(const lua_Debug *ar) {
    return *ar->namewhat == '\0' || *ar->namewhat == 'g' ? "function" : ar->namewhat;
}

static void append_frame(nj_vm *vm, const lua_Debug *ar) {
    char line[256];
    int length = 0;
    const char *separator = vm->trace_length > 0 ? "\n" : "";
    if (!njx_is_native(ar))
        length = snprintf(line, sizeof line, "%s%s:%d: in ", separator, ar->short_src, ar->currentline);
    else
        length = snprintf(line, sizeof line, "%s[native]: in ", separator);
    njx_trace_append(vm, line, (size_t)length);
    if (*ar->what == 'm')
        length = snprintf(line, sizeof line, "main chunk");
    else if (ar->name != NULL)
        length = snprintf(line, sizeof line, "%s '%.150s'", kind_of_name(ar), ar->name);
    else
        length = snprintf(line, sizeof line, "function <%s:%d>", ar->short_src, ar->linedefined);
    njx_trace_append(vm, line, (size_t)length);
}

static void remember_place(nj_vm *vm, const lua_Debug *ar) {
    if (vm->io.line > 0 || njx_is_native(ar)) return;
    bool named = *ar->source == '@' || *ar->source == '=';
    snprintf(vm->source, sizeof vm->source, "%s", named ? ar->source + 1 : ar->short_src);
    vm->io.line = ar->currentline;
}

/// Appends the frames of one coroutine. Native frames without a name are the bridge's own.
static void capture_one(nj_vm *vm, lua_State *L) {
    lua_Debug ar;
    int frames = 0;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        if (!lua_getinfo(L, "Slnt", &ar)) continue;
        if (ar.name == NULL && njx_is_native(&ar)) continue;
        remember_place(vm, &ar);
        if (++frames > FRAMES_MAX) {
            njx_trace_append(vm, "\n...", 4);
            return;
        }
        append_frame(vm, &ar);
    }
}

void njx_trace_capture(nj_vm *vm, lua_State *L) { capture_one(vm, L); }

/// What was taken when memory was refused is of no use once Lua has found some after all.
static void forget_refusal(nj_vm *vm) {
    if (!vm->too_deep) return;
    vm->too_deep = false;
    njx_trace_clear(vm);
}

/// Where a script was killed whose hook has not run: it was in C, and raised an error from there.
static void capture_killed(nj_vm *vm, lua_State *L) {
    if (vm->trace_length > 0) return;
    njx_note_depth(vm, L);
    capture_one(vm, L);
}

void njx_trace_failure(nj_vm *vm, lua_State *co) {
    if (vm->killed) return capture_killed(vm, co);
    if (vm->too_deep && lua_status(co) == LUA_ERRMEM) return;
    forget_refusal(vm);
    capture_one(vm, co);
}

int njx_trace_handler(lua_State *L) {
    nj_vm *vm = njx_vm(L);
    if (vm->killed) {
        capture_killed(vm, L);
        return 1;
    }
    forget_refusal(vm);
    capture_one(vm, L);
    return 1;
}

void njx_note_depth(nj_vm *vm, lua_State *L) {
    lua_Debug ar;
    vm->too_deep = lua_getstack(L, NJX_DEPTH_MAX, &ar);
}

void njx_note_refusal(nj_vm *vm) {
    if (vm->depth == 0) return;
    njx_note_depth(vm, vm->current);
    if (!vm->too_deep) return;
    njx_trace_clear(vm);
    capture_one(vm, vm->current);
}
