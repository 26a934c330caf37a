#pragma once
#include "CoreMinimal.h"

template <class T> class TArrayView
{
	T* Data = nullptr;
	int32 Count = 0;

public:
	TArrayView() = default;
	TArrayView(T* From, int32 Num) : Data(From), Count(Num) {}
	TArrayView(const TArray<std::remove_const_t<T>>& From) : Data(From.GetData()), Count(From.Num()) {}
	T* GetData() const { return Data; }
	int32 Num() const { return Count; }
};
