#pragma once
#include "CoreMinimal.h"

namespace EEndPlayReason
{
enum Type
{
	Destroyed
};
}

struct FTickFunction
{
	bool bCanEverTick = false;
};

class AActor : public UObject
{
public:
	virtual void Tick(float) {}
	void ShimBegin() { BeginPlay(); }
	void ShimEnd() { EndPlay(EEndPlayReason::Destroyed); }

protected:
	FTickFunction PrimaryActorTick;

	virtual void BeginPlay() {}
	virtual void EndPlay(const EEndPlayReason::Type) {}
};
