#pragma once
#include "CoreMinimal.h"
#include <map>

class FTickerDelegate
{
	std::function<bool(float)> Function;

public:
	FTickerDelegate() = default;
	bool operator()(float DeltaTime) const { return Function(DeltaTime); }

	template <class T> static FTickerDelegate CreateUObject(T* Target, bool (T::*Method)(float))
	{
		FTickerDelegate Made;
		Made.Function = [Target, Method](float Delta) { return (Target->*Method)(Delta); };
		return Made;
	}
};

class FTSTicker
{
	std::map<int, FTickerDelegate> Delegates;
	int Next = 1;

public:
	struct FDelegateHandle
	{
		int Id = 0;
		bool IsValid() const { return Id != 0; }
		void Reset() { Id = 0; }
	};

	static FTSTicker& GetCoreTicker()
	{
		static FTSTicker Ticker;
		return Ticker;
	}
	FDelegateHandle AddTicker(const FTickerDelegate& Delegate, float = 0.0f)
	{
		Delegates[Next] = Delegate;
		return {Next++};
	}
	static void RemoveTicker(FDelegateHandle Handle) { GetCoreTicker().Delegates.erase(Handle.Id); }

	// What the engine does once a frame. Delegates may come and go meanwhile; one that returns false is removed.
	void ShimTick(float DeltaTime)
	{
		const auto Now = Delegates;
		for (const auto& [Id, Delegate] : Now)
			if (Delegates.count(Id) && !Delegate(DeltaTime))
				Delegates.erase(Id);
	}
	int32 ShimCount() const { return static_cast<int32>(Delegates.size()); }
};
