// See ArenaServer.h.
#include "ArenaServer.h"

static constexpr int32 ThingCount = 6;
static constexpr float Reach = 14, LateMax = 0.25f;

AArenaServer::AArenaServer()
{
	PrimaryActorTick.bCanEverTick = true;
}

int32 AArenaServer::GetPort() const
{
	return Server.TcpPort();
}

int32 AArenaServer::GetPlayerCount() const
{
	return Players.Num();
}

void AArenaServer::BeginPlay()
{
	Super::BeginPlay();
	FFastNetServerOptions Options;
	Options.UdpPort = UdpPort;
	Options.TcpPort = TcpPort;
	Options.PeersMax = 8;
	Options.bManualFlush = true; // What a tick sends to one player shares a datagram.
	if (Server.Open(Options) != EFastNetResult::Ok)
	{
		UE_LOG(LogTemp, Error, TEXT("arena: %s"), *FastNet::GetLastError());
		return;
	}
	while (Things.Num() < ThingCount)
	{
		Grow();
	}
}

void AArenaServer::EndPlay(const EEndPlayReason::Type Reason)
{
	Server.Destroy();
	Super::EndPlay(Reason);
}

void AArenaServer::Tick(float DeltaSeconds)
{
	Super::Tick(DeltaSeconds);
	while (Server.Poll(Event))
	{
		Handle(Event);
	}
	for (Late = FMath::Min(Late + DeltaSeconds, LateMax); Late >= ArenaWire::TickSeconds; Late -= ArenaWire::TickSeconds)
	{
		TickGame();
	}
	Server.Flush();
}

void AArenaServer::Handle(const FFastNetEvent& Happened)
{
	switch (Happened.Type)
	{
	case EFastNetEventType::Connected:
		Greet(Happened.PeerId);
		break;
	case EFastNetEventType::Data:
		Hear(Happened.PeerId, Happened.Data);
		break;
	case EFastNetEventType::Disconnected:
		Players.Remove(Happened.PeerId);
		Wishes.Remove(Happened.PeerId);
		break;
	case EFastNetEventType::Error:
		UE_LOG(LogTemp, Error, TEXT("arena: %s"), *Happened.GetText());
		Server.Destroy();
		break;
	default:
		break;
	}
}

void AArenaServer::Greet(int32 PeerId)
{
	Players.FindOrAdd(PeerId) = {ArenaWire::Width / 2, ArenaWire::Height / 2, 0};
	Server.Send(PeerId, EFastNetChannel::ReliableOrdered, ArenaWire::WriteWelcome(PeerId));
	for (const TPair<int32, FArenaPlace>& Thing : Things)
	{
		Server.Send(PeerId, EFastNetChannel::ReliableUnordered, ArenaWire::WriteAppear(Thing.Key, Thing.Value));
	}
}

void AArenaServer::Hear(int32 PeerId, const TArray<uint8>& Message)
{
	switch (ArenaWire::KindOf(Message))
	{
	case ArenaWire::Input:
	{
		FWish& Wish = Wishes.FindOrAdd(PeerId);
		Wish.Tick = ArenaWire::Get16(Message, 1);
		ArenaWire::ReadDirection(Message, Wish.Dx, Wish.Dy);
		break;
	}
	case ArenaWire::Chat:
		Server.Broadcast(
			0, EFastNetChannel::ReliableOrdered, ArenaWire::WriteChat(PeerId, ArenaWire::ReadText(Message)));
		break;
	default:
		break; // A stranger's bytes: not ours, so dropped.
	}
}

void AArenaServer::TickGame()
{
	for (TPair<int32, FArenaPlace>& Player : Players)
	{
		const FWish& Wish = Wishes.FindOrAdd(Player.Key);
		ArenaWire::Step(Player.Value, Wish.Dx, Wish.Dy);
		Player.Value.Score += TakeNear(Player.Key, Player.Value) ? 1 : 0;
	}
	for (const TPair<int32, FArenaPlace>& Player : Players)
	{
		const TArray<uint8> Message = ArenaWire::WriteSnapshot(Wishes.FindOrAdd(Player.Key).Tick, Players);
		Server.Send(Player.Key, EFastNetChannel::Sequenced, Message);
	}
}

// At most one thing a tick.
bool AArenaServer::TakeNear(int32 PeerId, const FArenaPlace& Place)
{
	for (const TPair<int32, FArenaPlace>& Thing : Things)
	{
		const float Dx = Thing.Value.X - Place.X, Dy = Thing.Value.Y - Place.Y;
		if (Dx * Dx + Dy * Dy <= Reach * Reach)
		{
			const int32 Taken = Thing.Key;
			Things.Remove(Taken);
			Server.Broadcast(0, EFastNetChannel::ReliableUnordered, ArenaWire::WriteTaken(Taken, PeerId));
			Grow();
			return true;
		}
	}
	return false;
}

void AArenaServer::Grow()
{
	const FArenaPlace Place = {
		Chance.FRandRange(20.0f, ArenaWire::Width - 20), Chance.FRandRange(20.0f, ArenaWire::Height - 20), 0};
	Things.FindOrAdd(NextThing) = Place;
	Server.Broadcast(0, EFastNetChannel::ReliableUnordered, ArenaWire::WriteAppear(NextThing, Place));
	NextThing = NextThing % 65535 + 1;
}
