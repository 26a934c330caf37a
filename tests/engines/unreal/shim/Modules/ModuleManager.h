#pragma once
#include "CoreMinimal.h"

class IModuleInterface
{
public:
	virtual ~IModuleInterface() = default;
	virtual void StartupModule() {}
	virtual void ShutdownModule() {}
};

using FShimModules = std::vector<std::pair<std::string, IModuleInterface* (*)()>>;

inline FShimModules& ShimModules()
{
	static FShimModules Modules;
	return Modules;
}

#define SHIM_IMPLEMENT(Class, Name) \
	static const bool bShimModule_##Name = \
		(ShimModules().push_back({#Name, []() -> IModuleInterface* { return new Class; }}), true);
#define IMPLEMENT_MODULE(Class, Name) SHIM_IMPLEMENT(Class, Name)
#define IMPLEMENT_PRIMARY_GAME_MODULE(Class, Name, Game) SHIM_IMPLEMENT(Class, Name)
class FDefaultGameModuleImpl : public IModuleInterface
{
};
