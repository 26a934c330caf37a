// Objects, dynamic delegates, and the macros that the header tool reads. X.generated.h, which header_tool.py writes,
// says what GENERATED_BODY stands for: in the engine a class is private after it, and so it is here.
#pragma once

#define UCLASS(...)
#define USTRUCT(...)
#define UENUM(...)
#define UPROPERTY(...)
#define UFUNCTION(...)
#define UMETA(...)
#define SHIM_JOIN_INNER(a, b, c) a##b##c
#define SHIM_JOIN(a, b, c) SHIM_JOIN_INNER(a, b, c)
#define GENERATED_BODY(...) SHIM_JOIN(SHIM_FILE, _body_, __LINE__)

class UObject
{
	bool bShimRoot = false;

public:
	virtual ~UObject() = default;
	void AddToRoot() { bShimRoot = true; }
	void RemoveFromRoot() { bShimRoot = false; }
};

// Objects live until the end of the program: nothing collects them.
template <class T> T* NewObject(UObject* = nullptr)
{
	static std::vector<std::unique_ptr<T>> All;
	All.push_back(std::make_unique<T>());
	return All.back().get();
}
template <class T> T* GetMutableDefault()
{
	static T Default;
	return &Default;
}
template <class T> const T* GetDefault()
{
	return GetMutableDefault<T>();
}

template <class... Args> class TShimDelegate
{
	using FHandler = std::function<void(Args...)>;
	struct FBinding
	{
		const void* Target;
		std::string Name;
		FHandler Handler;
	};
	std::vector<FBinding> Bindings;

public:
	// Handlers may bind and unbind; those that were bound at first are called.
	void Broadcast(Args... Arguments) const
	{
		const std::vector<FBinding> Now = Bindings;
		for (const FBinding& Binding : Now)
			Binding.Handler(Arguments...);
	}
	bool IsBound() const { return !Bindings.empty(); }
	template <class T> void ShimAdd(T* Target, void (T::*Method)(Args...), const char* Name)
	{
		Bindings.push_back({Target, Name, [Target, Method](Args... Arguments) { (Target->*Method)(Arguments...); }});
	}
	void ShimRemove(const void* Target, const char* Name)
	{
		Bindings.erase(std::remove_if(Bindings.begin(), Bindings.end(),
						   [&](const FBinding& Binding) { return Binding.Target == Target && Binding.Name == Name; }),
			Bindings.end());
	}
};

#define AddDynamic(Target, Method) ShimAdd(Target, Method, #Method)
#define RemoveDynamic(Target, Method) ShimRemove(Target, #Method)
#define DECLARE_DYNAMIC_MULTICAST_DELEGATE(Name) \
	class Name : public TShimDelegate<> \
	{ \
	}
#define DECLARE_DYNAMIC_MULTICAST_DELEGATE_OneParam(Name, T1, N1) \
	class Name : public TShimDelegate<T1> \
	{ \
	}
#define DECLARE_DYNAMIC_MULTICAST_DELEGATE_TwoParams(Name, T1, N1, T2, N2) \
	class Name : public TShimDelegate<T1, T2> \
	{ \
	}
#define DECLARE_DYNAMIC_MULTICAST_DELEGATE_ThreeParams(Name, T1, N1, T2, N2, T3, N3) \
	class Name : public TShimDelegate<T1, T2, T3> \
	{ \
	}
