// The server of the arena as an actor: it decides where players are, who took what, who said what.
#pragma once

#include "ArenaWire.h"
#include "CoreMinimal.h"
#include "FastNet.h"
#include "GameFramework/Actor.h"
#include "ArenaServer.generated.h"

UCLASS()
class FASTNETARENA_API AArenaServer : public AActor
{
	GENERATED_BODY()

public:
	AArenaServer();

	/** Where to listen; 0 is any free port. Without a certificate it is this machine's development certificate. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "Arena")
	int32 UdpPort = 7777;

	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "Arena")
	int32 TcpPort = 7778;

	/** Where it really listens; 0 if it does not. */
	UFUNCTION(BlueprintPure, Category = "Arena")
	int32 GetPort() const;

	/** How many play. */
	UFUNCTION(BlueprintPure, Category = "Arena")
	int32 GetPlayerCount() const;

	virtual void Tick(float DeltaSeconds) override;

protected:
	virtual void BeginPlay() override;
	virtual void EndPlay(const EEndPlayReason::Type Reason) override;

private:
	struct FWish
	{
		float Dx = 0;
		float Dy = 0;
		uint16 Tick = 0;
	};

	void Handle(const FFastNetEvent& Event);
	void Greet(int32 PeerId);
	void Hear(int32 PeerId, const TArray<uint8>& Message);
	void TickGame();
	bool TakeNear(int32 PeerId, const FArenaPlace& Place);
	void Grow();

	FFastNetServer Server;
	FFastNetEvent Event;
	TMap<int32, FArenaPlace> Players;
	TMap<int32, FWish> Wishes;
	TMap<int32, FArenaPlace> Things;
	FRandomStream Chance;
	int32 NextThing = 1;
	float Late = 0;
};
