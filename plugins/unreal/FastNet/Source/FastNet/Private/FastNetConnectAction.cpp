// See FastNetConnectAction.h.
#include "FastNetConnectAction.h"

#include "Engine/Engine.h"
#include "Engine/GameInstance.h"
#include "Engine/World.h"
#include "FastNetSubsystem.h"

static UFastNetSubsystem* FindSubsystem(UObject* WorldContextObject)
{
	UWorld* World = GEngine
		? GEngine->GetWorldFromContextObject(WorldContextObject, EGetWorldErrorMode::LogAndReturnNull)
		: nullptr;
	UGameInstance* Game = World ? World->GetGameInstance() : nullptr;
	return Game ? Game->GetSubsystem<UFastNetSubsystem>() : nullptr;
}

UFastNetConnectAction* UFastNetConnectAction::ConnectToFastNetServer(
	UObject* WorldContextObject, const FString& Host, int32 Port)
{
	UFastNetConnectAction* Action = NewObject<UFastNetConnectAction>();
	Action->Subsystem = FindSubsystem(WorldContextObject);
	Action->Host = Host;
	Action->Port = Port;
	Action->RegisterWithGameInstance(WorldContextObject);
	return Action;
}

void UFastNetConnectAction::Activate()
{
	if (!Subsystem)
	{
		Finish(OnFailure, 0, TEXT("there is no game instance: use the node in a running game"));
		return;
	}
	Subsystem->OnConnected.AddDynamic(this, &UFastNetConnectAction::HandleConnected);
	Subsystem->OnDisconnected.AddDynamic(this, &UFastNetConnectAction::HandleDisconnected);
	if (!Subsystem->Connect(Host, Port))
	{
		Finish(OnFailure, 0, UFastNetSubsystem::GetLastError());
	}
}

void UFastNetConnectAction::HandleConnected(int32 PeerId)
{
	Finish(OnSuccess, PeerId, FString());
}

void UFastNetConnectAction::HandleDisconnected(int32, const FString& Text)
{
	Finish(OnFailure, 0, Text);
}

void UFastNetConnectAction::Finish(const FFastNetConnectDone& Pin, int32 PeerId, const FString& Error)
{
	if (Subsystem)
	{
		Subsystem->OnConnected.RemoveDynamic(this, &UFastNetConnectAction::HandleConnected);
		Subsystem->OnDisconnected.RemoveDynamic(this, &UFastNetConnectAction::HandleDisconnected);
	}
	Pin.Broadcast(PeerId, Error);
	SetReadyToDestroy();
}
