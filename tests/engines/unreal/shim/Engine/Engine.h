#pragma once
#include "Engine/World.h"

enum class EGetWorldErrorMode
{
	ReturnNull,
	LogAndReturnNull,
	Assert
};

class UEngine : public UObject
{
public:
	UWorld* GetWorldFromContextObject(const UObject* Object, EGetWorldErrorMode) const
	{
		return const_cast<UWorld*>(dynamic_cast<const UWorld*>(Object));
	}
};

inline UEngine* GEngine = new UEngine;
