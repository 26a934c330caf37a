// Project Settings, Plugins, FastNet: whom clients trust, where servers listen, what the log tells.
#pragma once

#include "CoreMinimal.h"
#include "Engine/DeveloperSettings.h"
#include "FastNetTypes.h"
#include "FastNetSettings.generated.h"

/** The project's defaults. What is left alone is safe: clients trust public authorities, and `fastnet cert` here. */
UCLASS(config = Game, defaultconfig, meta = (DisplayName = "FastNet"))
class FASTNET_API UFastNetSettings : public UDeveloperSettings
{
	GENERATED_BODY()

public:
	/** For Connect of the subsystem. Trust one of: nothing, a CA (path or text), pins. */
	UPROPERTY(config, EditAnywhere, BlueprintReadOnly, Category = "Client", meta = (ShowOnlyInnerProperties))
	FFastNetClientOptions Client;

	/** For StartServer of the subsystem. Without certificate and key: the development certificate of this machine. */
	UPROPERTY(config, EditAnywhere, BlueprintReadOnly, Category = "Server", meta = (ShowOnlyInnerProperties))
	FFastNetServerOptions Server;

	/** What the library writes to LogFastNet. */
	UPROPERTY(config, EditAnywhere, BlueprintReadOnly, Category = "Log")
	EFastNetLogLevel LogLevel = EFastNetLogLevel::Off;

	virtual FName GetCategoryName() const override;
};
