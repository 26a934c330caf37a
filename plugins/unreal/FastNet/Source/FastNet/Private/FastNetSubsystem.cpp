// See FastNetSubsystem.h.
#include "FastNetSubsystem.h"

#include "FastNetLibrary.h"
#include "FastNetMarshal.h"
#include "FastNetSettings.h"
#include "Misc/Paths.h"

static void FASTNET_CALL WriteLog(FastNetLogLevel Level, const char* Message, void*)
{
	const FString Line(UTF8_TO_TCHAR(Message));
	switch (Level)
	{
	case FASTNET_LOG_ERROR:
		UE_LOG(LogFastNet, Error, TEXT("%s"), *Line);
		break;
	case FASTNET_LOG_WARN:
		UE_LOG(LogFastNet, Warning, TEXT("%s"), *Line);
		break;
	case FASTNET_LOG_INFO:
		UE_LOG(LogFastNet, Log, TEXT("%s"), *Line);
		break;
	default:
		UE_LOG(LogFastNet, Verbose, TEXT("%s"), *Line);
		break;
	}
}

// Files are named as in the editor: relative to the project.
static FString FromProject(const FString& Path)
{
	return Path.IsEmpty() ? Path : FPaths::ConvertRelativePathToFull(FPaths::ProjectDir(), Path);
}

static bool IsOk(EFastNetResult Result)
{
	return Result == EFastNetResult::Ok;
}

void UFastNetSubsystem::Initialize(FSubsystemCollectionBase& Collection)
{
	Super::Initialize(Collection);
	const EFastNetLogLevel Level = GetDefault<UFastNetSettings>()->LogLevel;
	if (FastNet::IsAvailable() && Level != EFastNetLogLevel::Off)
	{
		FastNet::Api().log_set(static_cast<FastNetLogLevel>(Level), &WriteLog, nullptr);
	}
	TickHandle = FTSTicker::GetCoreTicker().AddTicker(FTickerDelegate::CreateUObject(this, &UFastNetSubsystem::Tick));
}

void UFastNetSubsystem::Deinitialize()
{
	FTSTicker::GetCoreTicker().RemoveTicker(TickHandle);
	TickHandle.Reset();
	Client.Disconnect();
	Server.Destroy();
	Super::Deinitialize();
}

bool UFastNetSubsystem::Connect(const FString& Host, int32 Port)
{
	FFastNetClientOptions Options = GetDefault<UFastNetSettings>()->Client;
	Options.Host = Host;
	Options.Port = Port;
	return ConnectWithOptions(Options);
}

bool UFastNetSubsystem::ConnectWithOptions(const FFastNetClientOptions& Options)
{
	if (Options.bDangerAcceptAnyCertificate)
	{
		UE_LOG(LogFastNet, Warning,
			TEXT("bDangerAcceptAnyCertificate is set: whoever sits between this client and %s can read and change everything"),
			*Options.Host);
	}
	FFastNetClientOptions Full = Options;
	Full.CaPath = FromProject(Options.CaPath);
	return IsOk(Client.Open(Full));
}

bool UFastNetSubsystem::Send(EFastNetChannel Channel, const TArray<uint8>& Data)
{
	return IsOk(Client.Send(Channel, Data));
}

void UFastNetSubsystem::Disconnect()
{
	Client.Disconnect();
}

EFastNetState UFastNetSubsystem::GetState() const
{
	return Client.State();
}

float UFastNetSubsystem::GetRoundTripMs() const
{
	return static_cast<float>(Client.RttUs()) / 1000.0f;
}

bool UFastNetSubsystem::GetStats(FFastNetStats& Stats) const
{
	return IsOk(Client.Stats(Stats));
}

bool UFastNetSubsystem::StartServer(int32 UdpPort, int32 TcpPort)
{
	FFastNetServerOptions Options = GetDefault<UFastNetSettings>()->Server;
	Options.UdpPort = UdpPort;
	Options.TcpPort = TcpPort;
	return StartServerWithOptions(Options);
}

bool UFastNetSubsystem::StartServerWithOptions(const FFastNetServerOptions& Options)
{
	FFastNetServerOptions Full = Options;
	Full.CertPath = FromProject(Options.CertPath);
	Full.KeyPath = FromProject(Options.KeyPath);
	return IsOk(Server.Open(Full));
}

void UFastNetSubsystem::StopServer()
{
	Server.Destroy();
}

bool UFastNetSubsystem::IsServerRunning() const
{
	return Server.IsOpen();
}

int32 UFastNetSubsystem::GetServerPort() const
{
	return Server.TcpPort();
}

bool UFastNetSubsystem::SendToPeer(int32 PeerId, EFastNetChannel Channel, const TArray<uint8>& Data)
{
	return IsOk(Server.Send(PeerId, Channel, Data));
}

bool UFastNetSubsystem::Broadcast(EFastNetChannel Channel, const TArray<uint8>& Data, int32 ExceptPeerId)
{
	return IsOk(Server.Broadcast(ExceptPeerId, Channel, Data));
}

bool UFastNetSubsystem::KickPeer(int32 PeerId, const FString& Text)
{
	return IsOk(Server.DisconnectPeer(PeerId, 0, Text));
}

TArray<int32> UFastNetSubsystem::GetPeers() const
{
	return Server.Peers();
}

FString UFastNetSubsystem::GetPeerAddress(int32 PeerId) const
{
	return Server.PeerAddress(PeerId);
}

bool UFastNetSubsystem::GetPeerStats(int32 PeerId, FFastNetStats& Stats) const
{
	return IsOk(Server.PeerStats(PeerId, Stats));
}

FString UFastNetSubsystem::GetLastError()
{
	return FastNet::GetLastError();
}

TArray<uint8> UFastNetSubsystem::TextToBytes(const FString& Text)
{
	return FastNet::ToUtf8(Text);
}

FString UFastNetSubsystem::BytesToText(const TArray<uint8>& Data)
{
	return FastNet::FromUtf8(Data);
}

bool UFastNetSubsystem::Tick(float)
{
	// A handler may open a dialogue that ticks in its turn; the event that it works on must stay what it is.
	if (!bPolling)
	{
		bPolling = true;
		PollServer();
		PollClient();
		bPolling = false;
	}
	return true;
}

// A handler may disconnect, or connect elsewhere: each turn asks the client that is there then.
void UFastNetSubsystem::PollClient()
{
	while (Client.Poll(Event))
	{
		HandleClientEvent();
	}
	Client.Flush();
}

void UFastNetSubsystem::PollServer()
{
	while (Server.Poll(Event))
	{
		HandleServerEvent();
	}
	Server.Flush();
}

void UFastNetSubsystem::HandleClientEvent()
{
	switch (Event.Type)
	{
	case EFastNetEventType::Connected:
		OnConnected.Broadcast(Event.PeerId);
		break;
	case EFastNetEventType::Data:
		OnData.Broadcast(Event.Channel, Event.Data);
		break;
	case EFastNetEventType::Disconnected:
		// First, so that a handler may connect again.
		Client.Disconnect();
		OnDisconnected.Broadcast(static_cast<int32>(Event.Reason), Event.GetText());
		break;
	default:
		break;
	}
}

void UFastNetSubsystem::HandleServerEvent()
{
	switch (Event.Type)
	{
	case EFastNetEventType::Connected:
		OnPeerConnected.Broadcast(Event.PeerId);
		break;
	case EFastNetEventType::Data:
		OnPeerData.Broadcast(Event.PeerId, Event.Channel, Event.Data);
		break;
	case EFastNetEventType::Disconnected:
		OnPeerDisconnected.Broadcast(Event.PeerId, static_cast<int32>(Event.Reason), Event.GetText());
		break;
	case EFastNetEventType::Error:
		Server.Destroy();
		OnServerFailed.Broadcast(Event.GetText());
		break;
	default:
		break;
	}
}
