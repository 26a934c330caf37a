// The module: it finds the library when the plugin loads, and ends its network thread when the engine ends.
#include "FastNet.h"
#include "FastNetLibrary.h"
#include "Interfaces/IPluginManager.h"
#include "Misc/CoreMisc.h"
#include "Modules/ModuleManager.h"

class FFastNetModule : public IModuleInterface
{
public:
	virtual void StartupModule() override
	{
		const TSharedPtr<IPlugin> Plugin = IPluginManager::Get().FindPlugin(TEXT("FastNet"));
		// The network's runtime starts behind our back: the first connection need not wait for it. A cook needs none.
		if (Plugin.IsValid() && FastNet::Load(Plugin->GetBaseDir()) && !IsRunningCommandlet())
		{
			FastNet::Api().init(0);
		}
	}

	virtual void ShutdownModule() override
	{
		if (FastNet::IsAvailable())
		{
			FastNet::Api().log_set(FASTNET_LOG_OFF, nullptr, nullptr);
			FastNet::Api().shutdown();
		}
	}
};

IMPLEMENT_MODULE(FFastNetModule, FastNet)
