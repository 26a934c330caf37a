// The log: printed, and kept for tests.
#pragma once

struct FShimLine
{
	std::string Level;
	std::string Text;
};

inline std::vector<FShimLine>& ShimLog()
{
	static std::vector<FShimLine> Lines;
	return Lines;
}

inline void ShimWrite(const char* Level, const FString& Line)
{
	ShimLog().push_back({Level, TCHAR_TO_UTF8(*Line)});
	std::fprintf(stderr, "%s: %s\n", Level, ShimLog().back().Text.c_str());
}

struct FShimCategory
{
};
inline FShimCategory LogTemp;

#define DECLARE_LOG_CATEGORY_EXTERN(Name, Default, Most) extern FShimCategory Name
#define DEFINE_LOG_CATEGORY(Name) FShimCategory Name
#define UE_LOG(Category, Level, ...) ((void)Category, ShimWrite(#Level, FString::Printf(__VA_ARGS__)))
