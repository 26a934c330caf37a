#pragma once
#include "CoreMinimal.h"
#include <dlfcn.h>

struct FPlatformProcess
{
	static void* GetDllHandle(const TCHAR* Path) { return dlopen(TCHAR_TO_UTF8(Path), RTLD_NOW | RTLD_LOCAL); }
	static void* GetDllExport(void* Handle, const TCHAR* Name) { return dlsym(Handle, TCHAR_TO_UTF8(Name)); }
	static void FreeDllHandle(void* Handle) { dlclose(Handle); }
};
