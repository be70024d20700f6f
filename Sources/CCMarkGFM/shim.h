// Makes cmark-gfm and GitHub's extensions to it importable; pkg-config supplies the search path and the library.
#ifndef NIGHTJAR_CCMARKGFM_SHIM_H
#define NIGHTJAR_CCMARKGFM_SHIM_H

#include <cmark-gfm.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm-core-extensions.h>

#endif
