// Makes the system's Lua 5.4 headers importable; pkg-config supplies the search path and the library.
#ifndef NIGHTJAR_CLUA_SHIM_H
#define NIGHTJAR_CLUA_SHIM_H

#include <lua.h>
#include <lualib.h>
#include <lauxlib.h>

#endif
