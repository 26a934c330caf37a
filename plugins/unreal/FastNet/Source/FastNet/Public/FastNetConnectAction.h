// The Blueprint node "Connect to FastNet Server": it goes on when the connection is there, or when it failed.
#pragma once

#include "CoreMinimal.h"
#include "Kismet/BlueprintAsyncActionBase.h"
#include "FastNetConnectAction.generated.h"

class UFastNetSubsystem;

DECLARE_DYNAMIC_MULTICAST_DELEGATE_TwoParams(FFastNetConnectDone, int32, PeerId, const FString&, Error);

UCLASS()
class FASTNET_API UFastNetConnectAction : public UBlueprintAsyncActionBase
{
	GENERATED_BODY()

public:
	/** Connects the game instance's client with the project's settings. One of the two pins follows, once. */
	UFUNCTION(BlueprintCallable, Category = "FastNet|Client",
		meta = (BlueprintInternalUseOnly = "true", WorldContext = "WorldContextObject"))
	static UFastNetConnectAction* ConnectToFastNetServer(UObject* WorldContextObject, const FString& Host, int32 Port);

	virtual void Activate() override;

	/** The connection is there. */
	UPROPERTY(BlueprintAssignable, Category = "FastNet|Client")
	FFastNetConnectDone OnSuccess;

	/** It could not be made; the text says why. */
	UPROPERTY(BlueprintAssignable, Category = "FastNet|Client")
	FFastNetConnectDone OnFailure;

private:
	UFUNCTION()
	void HandleConnected(int32 PeerId);

	UFUNCTION()
	void HandleDisconnected(int32 Reason, const FString& Text);

	void Finish(const FFastNetConnectDone& Pin, int32 PeerId, const FString& Error);

	UPROPERTY()
	TObjectPtr<UFastNetSubsystem> Subsystem;

	FString Host;
	int32 Port = 0;
};
