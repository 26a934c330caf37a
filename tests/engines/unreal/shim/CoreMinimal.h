// Enough of Unreal's public names, over the standard library, to compile and run our plugin without the engine.
//
// Clean-room: written from the public documentation; no engine header was copied or consulted. It proves that our code
// parses, type-checks and behaves. It cannot prove that the engine's signatures are these, or what its header tool will
// say.
// What begins with Shim is ours, for tests.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using int8 = int8_t;
using int16 = int16_t;
using int32 = int32_t;
using int64 = int64_t;
using uint8 = uint8_t;
using uint16 = uint16_t;
using uint32 = uint32_t;
using uint64 = uint64_t;
using ANSICHAR = char;
using TCHAR = char16_t;

#define PLATFORM_WINDOWS 0
#define PLATFORM_MAC 0
#define PLATFORM_LINUX 1
#define FORCEINLINE inline
#define SHIM_WIDE(x) u##x
#define TEXT(x) SHIM_WIDE(x)
#define check(x) ((x) ? (void)0 : std::abort())
#define FASTNET_API
#define FASTNETARENA_API

#include "ShimText.h"
#include "ShimContainers.h"
#include "ShimReflection.h"
#include "ShimLog.h"
