#pragma once
#include "CoreMinimal.h"
#include "Subsystems/GameInstanceSubsystem.h"
#include <map>
#include <typeindex>

class UGameInstance : public UObject
{
	std::map<std::type_index, std::unique_ptr<UGameInstanceSubsystem>> Subsystems;

public:
	virtual void Init() {}
	virtual void Shutdown()
	{
		for (auto& [Type, Subsystem] : Subsystems)
			Subsystem->Deinitialize();
		Subsystems.clear();
	}
	// The engine makes them when the game begins; here the first who asks does.
	template <class T> T* GetSubsystem()
	{
		auto& Place = Subsystems[typeid(T)];
		if (!Place)
		{
			FSubsystemCollectionBase Collection;
			Place = std::make_unique<T>();
			Place->Initialize(Collection);
		}
		return static_cast<T*>(Place.get());
	}
};
