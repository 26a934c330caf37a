#pragma once
#include "CoreMinimal.h"

struct IPlugin
{
	FString BaseDir;
	FString GetBaseDir() const { return BaseDir; }
};

struct IPluginManager
{
	std::shared_ptr<IPlugin> ShimPlugin = std::make_shared<IPlugin>();

	static IPluginManager& Get()
	{
		static IPluginManager Manager;
		return Manager;
	}
	TSharedPtr<IPlugin> FindPlugin(const FString& Name)
	{
		return Name == FString(u"FastNet") ? TSharedPtr<IPlugin>(ShimPlugin) : TSharedPtr<IPlugin>();
	}
};
