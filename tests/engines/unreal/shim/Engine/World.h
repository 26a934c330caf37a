#pragma once
#include "Engine/GameInstance.h"

class UWorld : public UObject
{
public:
	UGameInstance* ShimGame = nullptr;

	UGameInstance* GetGameInstance() const { return ShimGame; }
};
