// Arrays, pointers and functions.
#pragma once

template <class T> class TArrayView;

template <class T> class TArray
{
	std::vector<T> Items;

public:
	TArray() = default;
	TArray(std::initializer_list<T> List) : Items(List) {}

	int32 Num() const { return static_cast<int32>(Items.size()); }
	bool IsEmpty() const { return Items.empty(); }
	T* GetData() { return Items.data(); }
	const T* GetData() const { return Items.data(); }
	void Append(const T* From, int32 Count)
	{
		check(From || !Count);
		if (Count)
			Items.insert(Items.end(), From, From + Count);
	}
	void Append(const TArray& Other) { Append(Other.GetData(), Other.Num()); }
	// Keeps the memory, as the engine's does.
	void Reset() { Items.clear(); }
	void SetNum(int32 Count) { Items.resize(static_cast<size_t>(Count)); }
	void SetNumUninitialized(int32 Count) { SetNum(Count); }
	int32 Add(const T& Item)
	{
		Items.push_back(Item);
		return Num() - 1;
	}
	T& Add_GetRef(T&& Item)
	{
		Items.push_back(std::move(Item));
		return Items.back();
	}
	T& operator[](int32 Index) { return Items.at(static_cast<size_t>(Index)); }
	const T& operator[](int32 Index) const { return Items.at(static_cast<size_t>(Index)); }
	bool operator==(const TArray& Other) const { return Items == Other.Items; }
	bool Contains(const T& Item) const { return std::find(Items.begin(), Items.end(), Item) != Items.end(); }
	int32 Remove(const T& Item)
	{
		const int32 Before = Num();
		Items.erase(std::remove(Items.begin(), Items.end(), Item), Items.end());
		return Before - Num();
	}
	auto begin() { return Items.begin(); }
	auto end() { return Items.end(); }
	auto begin() const { return Items.begin(); }
	auto end() const { return Items.end(); }
};

template <class K, class V> struct TPair
{
	K Key;
	V Value;
};

template <class K, class V> class TMap
{
	std::vector<TPair<K, V>> Pairs;

public:
	V* Find(const K& Key)
	{
		for (auto& Pair : Pairs)
			if (Pair.Key == Key)
				return &Pair.Value;
		return nullptr;
	}
	V& FindOrAdd(const K& Key)
	{
		if (V* Found = Find(Key))
			return *Found;
		Pairs.push_back({Key, V()});
		return Pairs.back().Value;
	}
	int32 Remove(const K& Key)
	{
		const auto Before = Pairs.size();
		const auto IsIt = [&](const auto& Pair) { return Pair.Key == Key; };
		Pairs.erase(std::remove_if(Pairs.begin(), Pairs.end(), IsIt), Pairs.end());
		return static_cast<int32>(Before - Pairs.size());
	}
	void Reset() { Pairs.clear(); }
	int32 Num() const { return static_cast<int32>(Pairs.size()); }
	auto begin() { return Pairs.begin(); }
	auto end() { return Pairs.end(); }
	auto begin() const { return Pairs.begin(); }
	auto end() const { return Pairs.end(); }
};

template <class T> class TObjectPtr
{
	T* Object = nullptr;

public:
	TObjectPtr() = default;
	TObjectPtr(T* From) : Object(From) {}
	T* operator->() const { return Object; }
	T* Get() const { return Object; }
	operator T*() const { return Object; }
};

template <class T> class TSharedPtr
{
	std::shared_ptr<T> Object;

public:
	TSharedPtr() = default;
	explicit TSharedPtr(std::shared_ptr<T> From) : Object(From) {}
	bool IsValid() const { return Object != nullptr; }
	T* operator->() const { return Object.get(); }
};

template <class T> class TUniquePtr
{
	std::unique_ptr<T> Object;

public:
	TUniquePtr() = default;
	explicit TUniquePtr(std::unique_ptr<T> From) : Object(std::move(From)) {}
	bool IsValid() const { return Object != nullptr; }
	explicit operator bool() const { return IsValid(); }
	void Reset() { Object.reset(); }
	T* Get() const { return Object.get(); }
	T* operator->() const { return Object.get(); }
	T& operator*() const { return *Object; }
};

template <class T, class... Args> TUniquePtr<T> MakeUnique(Args&&... Arguments)
{
	return TUniquePtr<T>(std::make_unique<T>(std::forward<Args>(Arguments)...));
}
template <class T> using TFunction = std::function<T>;
template <class T> using TFunctionRef = const std::function<T>&;
template <class T> std::remove_reference_t<T>&& MoveTemp(T&& Object)
{
	return static_cast<std::remove_reference_t<T>&&>(Object);
}

struct FMath
{
	template <class T> static T Min(T A, T B) { return A < B ? A : B; }
	template <class T> static T Max(T A, T B) { return A < B ? B : A; }
	static float Sqrt(float X) { return std::sqrt(X); }
	template <class T> static T Clamp(T X, T Low, T High) { return X < Low ? Low : High < X ? High : X; }
};

struct FMemory
{
	static void* Memcpy(void* To, const void* From, size_t Bytes) { return std::memcpy(To, From, Bytes); }
};

class FRandomStream
{
	uint32 Seed = 1;

public:
	float FRandRange(float Low, float High)
	{
		Seed = Seed * 1664525u + 1013904223u;
		return Low + (High - Low) * static_cast<float>(Seed >> 8) / 16777216.0f;
	}
};
