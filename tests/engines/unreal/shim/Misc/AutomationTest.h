// Specs: Describe, It and AfterEach run at once, in the order they are written.
#pragma once
#include "CoreMinimal.h"

#define WITH_AUTOMATION_TESTS 1

namespace EAutomationTestFlags
{
enum Type
{
	EditorContext = 1,
	EngineFilter = 2
};
}

class FShimSpec
{
	std::vector<std::pair<std::string, std::function<void()>>> Examples;
	std::function<void()> After;
	std::string Now;

public:
	int32 ShimPassed = 0;
	int32 ShimFailed = 0;

	virtual ~FShimSpec() = default;
	virtual void Define() = 0;
	void Describe(const std::string& What, std::function<void()> Body)
	{
		Now = What;
		After = nullptr;
		Body();
		for (const auto& [Name, Example] : std::exchange(Examples, {}))
		{
			Now = What + " " + Name;
			Example();
			if (After)
				After();
		}
	}
	void It(const std::string& What, std::function<void()> Body) { Examples.emplace_back(What, Body); }
	void AfterEach(std::function<void()> Body) { After = Body; }
	bool TestTrue(const FString& What, bool bValue)
	{
		(bValue ? ShimPassed : ShimFailed)++;
		if (!bValue)
			std::fprintf(stderr, "FAILED %s: %s\n", Now.c_str(), TCHAR_TO_UTF8(*What));
		return bValue;
	}
	bool TestFalse(const FString& What, bool bValue) { return TestTrue(What, !bValue); }
	void AddError(const FString& Text) { TestTrue(Text, false); }
};

inline std::vector<std::function<std::unique_ptr<FShimSpec>()>>& ShimSpecs()
{
	static std::vector<std::function<std::unique_ptr<FShimSpec>()>> Specs;
	return Specs;
}

#define BEGIN_DEFINE_SPEC(Class, Name, Flags) \
	static_assert(sizeof(#Name) > 2 && (Flags) != 0); \
	class Class : public FShimSpec \
	{ \
	public: \
		void Define() override; \
\
	private:
#define END_DEFINE_SPEC(Class) \
	} \
	; \
	static const bool bShimSpec = (ShimSpecs().push_back([] { return std::make_unique<Class>(); }), true);
