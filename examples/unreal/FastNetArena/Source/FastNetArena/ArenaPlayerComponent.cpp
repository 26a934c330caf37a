// See ArenaPlayerComponent.h.
#include "ArenaPlayerComponent.h"

#include "FastNetSubsystem.h"

static FArenaPlayer Shown(int32 Id, const FArenaPlace& Place)
{
	FArenaPlayer Player;
	Player.PlayerId = Id;
	Player.X = Place.X;
	Player.Y = Place.Y;
	Player.Score = Place.Score;
	return Player;
}

UArenaPlayerComponent::UArenaPlayerComponent()
{
	PrimaryComponentTick.bCanEverTick = true;
}

bool UArenaPlayerComponent::Join(const FString& Host, int32 Port)
{
	FFastNetClientOptions Options;
	Options.Host = Host;
	Options.Port = Port;
	Options.bManualFlush = true;
	return Client.Open(Options) == EFastNetResult::Ok;
}

void UArenaPlayerComponent::Steer(float Dx, float Dy)
{
	Wish = {Dx, Dy};
}

bool UArenaPlayerComponent::Say(const FString& Text)
{
	const TArray<uint8> Message = ArenaWire::WriteChat(0, UFastNetSubsystem::TextToBytes(Text));
	return Client.Send(EFastNetChannel::ReliableOrdered, Message) == EFastNetResult::Ok;
}

TArray<FArenaPlayer> UArenaPlayerComponent::GetPlayers() const
{
	TArray<FArenaPlayer> All;
	for (const TPair<int32, FArenaPlace>& Player : Players)
	{
		FArenaPlace Place = Player.Value;
		if (Player.Key == PlayerId)
		{
			Place.X = Own.X;
			Place.Y = Own.Y;
		}
		All.Add(Shown(Player.Key, Place));
	}
	return All;
}

TArray<FArenaPlayer> UArenaPlayerComponent::GetThings() const
{
	TArray<FArenaPlayer> All;
	for (const TPair<int32, FArenaPlace>& Thing : Things)
	{
		All.Add(Shown(Thing.Key, Thing.Value));
	}
	return All;
}

int32 UArenaPlayerComponent::GetPlayerId() const
{
	return PlayerId;
}

FString UArenaPlayerComponent::GetOverlay() const
{
	FFastNetStats Stats;
	if (Client.Stats(Stats) != EFastNetResult::Ok)
	{
		return FString();
	}
	return FString::Printf(TEXT("RTT %.1f ms  jitter %.1f ms  lost %lld of %lld"), Stats.RttUs / 1000.0,
		Stats.RttVarUs / 1000.0, Stats.PacketsLost, Stats.PacketsSent);
}

void UArenaPlayerComponent::TickComponent(
	float DeltaSeconds, ELevelTick Kind, FActorComponentTickFunction* ThisTickFunction)
{
	Super::TickComponent(DeltaSeconds, Kind, ThisTickFunction);
	while (Client.Poll(Event))
	{
		Handle(Event);
	}
	for (Late = FMath::Min(Late + DeltaSeconds, 0.25f); Late >= ArenaWire::TickSeconds; Late -= ArenaWire::TickSeconds)
	{
		if (PlayerId != 0)
		{
			Move();
		}
	}
	Client.Flush();
}

void UArenaPlayerComponent::EndPlay(const EEndPlayReason::Type Reason)
{
	Client.Disconnect();
	Super::EndPlay(Reason);
}

void UArenaPlayerComponent::Move()
{
	++Tick;
	const TArray<uint8> Message = ArenaWire::WriteInput(Tick, Wish.Dx, Wish.Dy);
	Client.Send(EFastNetChannel::Sequenced, Message);
	FInput& Input = Inputs[Tick % Unanswered];
	ArenaWire::ReadDirection(Message, Input.Dx, Input.Dy); // As the server will read it.
	ArenaWire::Step(Own, Input.Dx, Input.Dy);
}

void UArenaPlayerComponent::Handle(const FFastNetEvent& Happened)
{
	if (Happened.Type == EFastNetEventType::Data)
	{
		Hear(Happened.Data);
	}
	else if (Happened.Type == EFastNetEventType::Disconnected)
	{
		PlayerId = 0;
		Client.Disconnect();
		OnLeft.Broadcast(Happened.GetText());
	}
}

void UArenaPlayerComponent::Hear(const TArray<uint8>& Message)
{
	const int32 Thing = Message.Num() > 2 ? ArenaWire::Get16(Message, 1) : 0;
	switch (ArenaWire::KindOf(Message))
	{
	case ArenaWire::Welcome:
		PlayerId = ArenaWire::Get32(Message, 1);
		OnJoined.Broadcast(PlayerId);
		break;
	case ArenaWire::Snapshot:
		Reconcile(Message);
		break;
	case ArenaWire::Chat:
		OnSaid.Broadcast(ArenaWire::Get32(Message, 1), UFastNetSubsystem::BytesToText(ArenaWire::ReadText(Message)));
		break;
	case ArenaWire::Appear:
		// On this channel a TAKEN may overtake it.
		if (TakenEarly.Remove(Thing) == 0)
		{
			Things.FindOrAdd(Thing) = {ArenaWire::GetFloat(Message, 3), ArenaWire::GetFloat(Message, 7), 0};
		}
		break;
	case ArenaWire::Taken:
		if (Things.Remove(Thing) == 0)
		{
			TakenEarly.Add(Thing);
		}
		break;
	default:
		break;
	}
}

// From the server's place, and then what it has not answered yet once more.
void UArenaPlayerComponent::Reconcile(const TArray<uint8>& Message)
{
	ArenaWire::ReadPlayers(Message, Players);
	const FArenaPlace* Place = Players.Find(PlayerId);
	if (!Place)
	{
		return;
	}
	Own = *Place;
	const int32 Waiting = static_cast<uint16>(Tick - ArenaWire::Get16(Message, 1));
	for (int32 Ahead = FMath::Min(Waiting, Unanswered - 1) - 1; Ahead >= 0; --Ahead)
	{
		const FInput& Input = Inputs[static_cast<uint16>(Tick - Ahead) % Unanswered];
		ArenaWire::Step(Own, Input.Dx, Input.Dy);
	}
}
