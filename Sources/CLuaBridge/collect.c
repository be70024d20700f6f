// Values from Lua. Tables cross raw: no metamethod runs here.
#include "bridge.h"

#include <stdlib.h>
#include <string.h>

typedef struct path {
    const void *table;
    const struct path *outer;
} path;

static nj_value *append(lua_State *L, nj_vm *vm) {
    nj_io *io = &vm->io;
    if (io->out_count == vm->out_capacity) {
        size_t capacity = vm->out_capacity * 2;
        nj_value *grown = realloc(io->out, capacity * sizeof(nj_value));
        if (grown == NULL) luaL_error(L, "not enough memory");
        io->out = grown;
        vm->out_capacity = capacity;
    }
    nj_value *value = &io->out[io->out_count++];
    *value = (nj_value){0};
    return value;
}

/// What crosses is copied, each time it occurs: the VM's own memory says nothing of that.
static void count_bytes(lua_State *L, nj_vm *vm, size_t length) {
    if (length > vm->limits.memory_bytes_max - vm->out_bytes)
        luaL_error(L, "more than %I bytes at once", (lua_Integer)vm->limits.memory_bytes_max);
    vm->out_bytes += length;
}

static void collect_reference(lua_State *L, nj_vm *vm, int index, uint8_t kind) {
    // Take the reference before the slot exists, so that a failure leaves no half-made value.
    luaL_checkstack(L, 4, "too many values");
    lua_pushvalue(L, index);
    int reference = luaL_ref(L, LUA_REGISTRYINDEX);
    if (vm->io.out_count == vm->out_capacity) {
        nj_value *grown = realloc(vm->io.out, vm->out_capacity * 2 * sizeof(nj_value));
        if (grown == NULL) {
            luaL_unref(L, LUA_REGISTRYINDEX, reference);
            luaL_error(L, "not enough memory");
        }
        vm->io.out = grown;
        vm->out_capacity *= 2;
    }
    nj_value *value = append(L, vm);
    value->kind = kind;
    value->bits = reference;
}

static bool collect_object(lua_State *L, nj_vm *vm, int index) {
    luaL_checkstack(L, 1, "too many values");
    njx_object *header = lua_touserdata(L, index);
    if (lua_rawlen(L, index) < sizeof(njx_object) || !lua_getmetatable(L, index)) return false;
    const void *identity = lua_topointer(L, -1);
    lua_pop(L, 1);
    if (header->type >= vm->type_count || vm->types[header->type].identity != identity) return false;
    count_bytes(L, vm, header->length);
    nj_value *value = append(L, vm);
    value->kind = NJ_OBJECT;
    value->count = header->type;
    value->bits = (int64_t)(intptr_t)(header + 1);
    value->length = header->length;
    vm->io.out_anchored = true;
    return true;
}

static void collect_value(lua_State *L, nj_vm *vm, int index, const path *outer, uint32_t depth, bool references);

/// The index of the table that one at `index` stands for, itself or a new one on the top.
///
/// A prelude can offer read-only views of tables: the metatable's `__frozen` maps each view to its table.
static int behind_view(lua_State *L, int index) {
    if (!lua_getmetatable(L, index)) return index;
    lua_pushliteral(L, "__frozen");
    if (lua_rawget(L, -2) != LUA_TTABLE) return index;
    lua_pushvalue(L, index);
    return lua_rawget(L, -2) == LUA_TTABLE ? lua_gettop(L) : index;
}

static bool is_list(lua_State *L, const nj_vm *vm, int index) {
    return lua_getmetatable(L, index) && lua_topointer(L, -1) == vm->list_identity;
}

static void collect_table(lua_State *L, nj_vm *vm, int index, const path *outer, uint32_t depth) {
    luaL_checkstack(L, 12, "a table is nested too deep");
    int top = lua_gettop(L);
    index = behind_view(L, index);
    path here = {lua_topointer(L, index), outer};
    for (const path *p = outer; p != NULL; p = p->outer)
        if (p->table == here.table) luaL_error(L, "a table contains itself");
    if (depth >= vm->limits.table_depth_max)
        luaL_error(L, "a table is nested deeper than %d levels", (int)vm->limits.table_depth_max);
    lua_Unsigned items = lua_rawlen(L, index);
    if (items > vm->limits.table_values_max)
        luaL_error(L, "a table has more than %d values", (int)vm->limits.table_values_max);
    size_t header = vm->io.out_count;
    nj_value *value = append(L, vm);
    value->kind = NJ_TABLE;
    value->count = (uint32_t)items;
    if (is_list(L, vm, index)) value->flags = NJ_LIST;
    for (lua_Unsigned i = 1; i <= items; i++) {
        lua_rawgeti(L, index, (lua_Integer)i);
        collect_value(L, vm, lua_gettop(L), &here, depth + 1, false);
        lua_pop(L, 1);
    }
    size_t pairs = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        int key = lua_gettop(L) - 1;
        int type = lua_type(L, key);
        bool in_array = lua_isinteger(L, key) && (lua_Unsigned)lua_tointeger(L, key) - 1 < items;
        if (!in_array) {
            if (type != LUA_TSTRING && type != LUA_TNUMBER && type != LUA_TBOOLEAN)
                luaL_error(L, "a table has a key of type %s", lua_typename(L, type));
            collect_value(L, vm, key, &here, depth + 1, false);
            collect_value(L, vm, key + 1, &here, depth + 1, false);
            pairs += 1;
        }
        lua_pop(L, 1);
    }
    vm->io.out[header].length = pairs;
    lua_settop(L, top);
}

static void collect_value(lua_State *L, nj_vm *vm, int index, const path *outer, uint32_t depth, bool references) {
    if (vm->io.out_count > vm->limits.table_values_max)
        luaL_error(L, "more than %d values at once", (int)vm->limits.table_values_max);
    switch (lua_type(L, index)) {
    case LUA_TNIL: append(L, vm); break;
    case LUA_TBOOLEAN: {
        nj_value *value = append(L, vm);
        value->kind = NJ_BOOL;
        value->bits = lua_toboolean(L, index);
        break;
    }
    case LUA_TNUMBER: {
        nj_value *value = append(L, vm);
        if (lua_isinteger(L, index)) {
            value->kind = NJ_INTEGER;
            value->bits = lua_tointeger(L, index);
        } else {
            double number = lua_tonumber(L, index);
            value->kind = NJ_NUMBER;
            memcpy(&value->bits, &number, sizeof number);
        }
        break;
    }
    case LUA_TSTRING: {
        size_t length;
        const char *string = lua_tolstring(L, index, &length);
        count_bytes(L, vm, length);
        nj_value *value = append(L, vm);
        value->kind = NJ_STRING;
        value->bits = (int64_t)(intptr_t)string;
        value->length = length;
        vm->io.out_anchored = true;
        break;
    }
    case LUA_TTABLE:
        if (references) collect_reference(L, vm, index, NJ_REFERENCE);
        else collect_table(L, vm, index, outer, depth);
        break;
    case LUA_TFUNCTION: collect_reference(L, vm, index, NJ_FUNCTION); break;
    case LUA_TUSERDATA:
        if (collect_object(L, vm, index)) break;
        // fall through
    default: collect_reference(L, vm, index, NJ_REFERENCE); break;
    }
}

void njx_collect(lua_State *L, nj_vm *vm, int first, int last, bool references) {
    nj_io *io = &vm->io;
    // A collection that was cut short by an error left references nobody will free.
    if (vm->collecting) njx_forget_out(vm, L);
    io->out_count = 0;
    vm->out_bytes = 0;
    io->out_anchored = false;
    io->out_results = (size_t)(last - first + 1);
    if (last < first) return;
    vm->collecting = true;
    for (int i = first; i <= last; i++) collect_value(L, vm, i, NULL, 0, references);
    vm->collecting = false;
}

nj_status njx_no_memory(nj_vm *vm) {
    vm->io.out_count = 0;
    vm->io.out_results = 0;
    vm->io.out_anchored = false;
    return NJ_MEMORY;
}

void njx_forget_out(nj_vm *vm, lua_State *L) {
    vm->collecting = false;
    for (size_t i = 0; i < vm->io.out_count; i++) {
        const nj_value *value = &vm->io.out[i];
        if (value->kind == NJ_FUNCTION || value->kind == NJ_REFERENCE)
            luaL_unref(L, LUA_REGISTRYINDEX, (int)value->bits);
    }
    vm->io.out_count = 0;
    vm->io.out_results = 0;
    vm->io.out_anchored = false;
}
