#pragma once
#include "CoreMinimal.h"

struct FPaths
{
	static inline FString ShimProject = FString(u"/project");

	static FString ProjectDir() { return ShimProject; }
	static FString ConvertRelativePathToFull(const FString& Path) { return Path; }
	static FString ConvertRelativePathToFull(const FString& Base, const FString& Path)
	{
		return Path[0] == u'/' ? Path : Base / Path;
	}
};
