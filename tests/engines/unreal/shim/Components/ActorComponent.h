#pragma once
#include "GameFramework/Actor.h"

enum ELevelTick
{
	LEVELTICK_All
};

struct FActorComponentTickFunction : FTickFunction
{
};

class UActorComponent : public UObject
{
public:
	virtual void TickComponent(float, ELevelTick, FActorComponentTickFunction*) {}
	void ShimEnd() { EndPlay(EEndPlayReason::Destroyed); }

protected:
	FActorComponentTickFunction PrimaryComponentTick;

	virtual void BeginPlay() {}
	virtual void EndPlay(const EEndPlayReason::Type) {}
};
