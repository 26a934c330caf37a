#pragma once
#include "CoreMinimal.h"

class UBlueprintAsyncActionBase : public UObject
{
public:
	bool bShimReady = false;

	virtual void Activate() {}
	virtual void SetReadyToDestroy() { bShimReady = true; }
	void RegisterWithGameInstance(const UObject*) {}
};
