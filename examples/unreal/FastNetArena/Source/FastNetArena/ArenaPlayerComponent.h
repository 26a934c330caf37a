// One player of the arena, for Blueprints: join, steer, chat; what it knows of the others. It shows its own movement at
// once, ahead of the server by the inputs that are not answered yet.
#pragma once

#include "ArenaWire.h"
#include "Components/ActorComponent.h"
#include "CoreMinimal.h"
#include "FastNet.h"
#include "ArenaPlayerComponent.generated.h"

DECLARE_DYNAMIC_MULTICAST_DELEGATE_OneParam(FArenaJoined, int32, PlayerId);
DECLARE_DYNAMIC_MULTICAST_DELEGATE_TwoParams(FArenaSaid, int32, PlayerId, const FString&, Text);
DECLARE_DYNAMIC_MULTICAST_DELEGATE_OneParam(FArenaLeft, const FString&, Why);

/** A player as Blueprints see it. */
USTRUCT(BlueprintType)
struct FASTNETARENA_API FArenaPlayer
{
	GENERATED_BODY()

	UPROPERTY(BlueprintReadOnly, Category = "Arena")
	int32 PlayerId = 0;

	/** 0 to 640. */
	UPROPERTY(BlueprintReadOnly, Category = "Arena")
	float X = 0;

	/** 0 to 360. */
	UPROPERTY(BlueprintReadOnly, Category = "Arena")
	float Y = 0;

	UPROPERTY(BlueprintReadOnly, Category = "Arena")
	int32 Score = 0;
};

UCLASS(ClassGroup = (FastNet), meta = (BlueprintSpawnableComponent))
class FASTNETARENA_API UArenaPlayerComponent : public UActorComponent
{
	GENERATED_BODY()

public:
	UArenaPlayerComponent();

	/** Begins to join. OnJoined or OnLeft follows. */
	UFUNCTION(BlueprintCallable, Category = "Arena")
	bool Join(const FString& Host, int32 Port);

	/** Where the player wants to go, -1 to 1 each, until told otherwise. */
	UFUNCTION(BlueprintCallable, Category = "Arena")
	void Steer(float Dx, float Dy);

	/** Says something to everybody. */
	UFUNCTION(BlueprintCallable, Category = "Arena")
	bool Say(const FString& Text);

	/** Everybody, and ourselves where we show ourselves. */
	UFUNCTION(BlueprintPure, Category = "Arena")
	TArray<FArenaPlayer> GetPlayers() const;

	/** What lies about, as players without a score. */
	UFUNCTION(BlueprintPure, Category = "Arena")
	TArray<FArenaPlayer> GetThings() const;

	/** Our number; 0 until welcomed. */
	UFUNCTION(BlueprintPure, Category = "Arena")
	int32 GetPlayerId() const;

	/** One line for an overlay: round trip, jitter, loss. */
	UFUNCTION(BlueprintPure, Category = "Arena")
	FString GetOverlay() const;

	UPROPERTY(BlueprintAssignable, Category = "Arena")
	FArenaJoined OnJoined;

	UPROPERTY(BlueprintAssignable, Category = "Arena")
	FArenaSaid OnSaid;

	UPROPERTY(BlueprintAssignable, Category = "Arena")
	FArenaLeft OnLeft;

	virtual void TickComponent(
		float DeltaSeconds, ELevelTick Kind, FActorComponentTickFunction* ThisTickFunction) override;

protected:
	virtual void EndPlay(const EEndPlayReason::Type Reason) override;

private:
	static constexpr int32 Unanswered = 128;

	struct FInput
	{
		float Dx = 0;
		float Dy = 0;
	};

	void Handle(const FFastNetEvent& Event);
	void Hear(const TArray<uint8>& Message);
	void Move();
	void Reconcile(const TArray<uint8>& Message);

	FFastNetClient Client;
	FFastNetEvent Event;
	TMap<int32, FArenaPlace> Players;
	TMap<int32, FArenaPlace> Things;
	TArray<int32> TakenEarly;
	FInput Inputs[Unanswered];
	FInput Wish;
	FArenaPlace Own;
	int32 PlayerId = 0;
	uint16 Tick = 0;
	float Late = 0;
};
