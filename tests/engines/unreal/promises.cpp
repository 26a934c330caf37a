// The plugin against the real library, under the shim: what its classes, its subsystem and its Blueprint node promise.
//
// usage: promises PLUGIN_FOLDER SCENARIO      prints "N passed, 0 failed" last; the driver writes fastnet cert's folder
#include "Engine/Engine.h"
#include "FastNetConnectAction.h"
#include "FastNetSettings.h"
#include "FastNetSubsystem.h"
#include "HAL/PlatformTime.h"
#include "Interfaces/IPluginManager.h"
#include "Misc/AutomationTest.h"
#include "Misc/CoreMisc.h"
#include "Misc/Paths.h"
#include "Modules/ModuleManager.h"

#include <thread>

static int Passed = 0;
static int Failed = 0;

static bool Expect(bool bValue, const char* What)
{
	(bValue ? Passed : Failed)++;
	if (!bValue)
		std::fprintf(stderr, "FAILED %s (last error: %s)\n", What, TCHAR_TO_UTF8(*FastNet::GetLastError()));
	return bValue;
}
#define EXPECT(...) Expect(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__)

static TArray<uint8> Bytes(const char* Text)
{
	TArray<uint8> Made;
	Made.Append(reinterpret_cast<const uint8*>(Text), static_cast<int32>(std::strlen(Text)));
	return Made;
}

static bool Logged(const char* Level, const char* Part)
{
	for (const FShimLine& Line : ShimLog())
		if (Line.Level == Level && Line.Text.find(Part) != std::string::npos)
			return true;
	return false;
}

static bool Await(const std::function<bool()>& IsDone)
{
	for (const double End = FPlatformTime::Seconds() + 20; !IsDone(); std::this_thread::yield())
		if (FPlatformTime::Seconds() > End)
			return false;
	return true;
}

// Frames of the engine, until something is so.
static bool Frames(const std::function<bool()>& IsDone)
{
	return Await([&] {
		FTSTicker::GetCoreTicker().ShimTick(0.016f);
		return IsDone();
	});
}

// One event of a client or server, other than those that are passed over.
template <class T> static bool Next(T& From, FFastNetEvent& Event, uint8 Type)
{
	return Await([&] { return From.Poll(Event) && Event.Type == Type; });
}

struct FPair
{
	FFastNetServer Server;
	FFastNetClient Client;
	int32 PeerId = 0;

	bool Meet()
	{
		FFastNetEvent Event;
		if (!EXPECT(Server.Create(0, 0)) || !EXPECT(Client.Connect("localhost", Server.TcpPort())))
			return false;
		EXPECT(Next(Server, Event, EFastNetEventType::Connected));
		PeerId = Event.PeerId;
		EXPECT(Next(Client, Event, EFastNetEventType::Connected));
		return EXPECT(Event.PeerId == PeerId) && EXPECT(Client.PeerId() == PeerId);
	}
};

static void Channels()
{
	FPair Pair;
	if (!Pair.Meet())
		return;
	FFastNetEvent Event;
	for (const EFastNetChannel Channel : {EFastNetChannel::ReliableOrdered, EFastNetChannel::Unreliable,
			 EFastNetChannel::ReliableUnordered, EFastNetChannel::Sequenced})
	{
		EXPECT(Pair.Client.Send(Channel, Bytes("up")) == EFastNetResult::Ok);
		EXPECT(Next(Pair.Server, Event, EFastNetEventType::Data));
		EXPECT(Event.Channel == Channel && Event.PeerId == Pair.PeerId && Event.GetText() == TEXT("up"));
		EXPECT(Pair.Server.Send(Pair.PeerId, Channel, Bytes("down")) == EFastNetResult::Ok);
		EXPECT(Next(Pair.Client, Event, EFastNetEventType::Data));
		EXPECT(Event.Channel == Channel && Event.GetText() == TEXT("down"));
	}
	EXPECT(Pair.Client.Send(static_cast<EFastNetChannel>(9), Bytes("x")) == EFastNetResult::NoChannel);
	EXPECT(Pair.Client.Send(EFastNetChannel::ReliableOrdered, TArray<uint8>()) == EFastNetResult::Ok);
	EXPECT(Next(Pair.Server, Event, EFastNetEventType::Data) && Event.Data.Num() == 0);
}

static void BigMessages()
{
	FPair Pair;
	if (!Pair.Meet())
		return;
	TArray<uint8> Big;
	for (int32 At = 0; At < 1000000; ++At)
		Big.Add(static_cast<uint8>(At * 7 + At / 251));
	FFastNetEvent Event;
	EXPECT(Pair.Client.Send(EFastNetChannel::ReliableOrdered, Big) == EFastNetResult::Ok);
	EXPECT(Next(Pair.Server, Event, EFastNetEventType::Data) && Event.Data == Big);
	EXPECT(Pair.Client.MaxMessage(EFastNetChannel::ReliableOrdered) == 1048576);
	Big.SetNum(1048577);
	EXPECT(Pair.Client.Send(EFastNetChannel::ReliableOrdered, Big) == EFastNetResult::TooLarge);
}

static void BroadcastReachesAllButOne()
{
	FPair Pair;
	if (!Pair.Meet())
		return;
	FFastNetEvent Event;
	FFastNetClient Others[2];
	TArray<int32> Ids = {Pair.PeerId};
	for (FFastNetClient& Other : Others)
	{
		EXPECT(Other.Connect(TEXT("127.0.0.1"), Pair.Server.TcpPort()));
		EXPECT(Next(Pair.Server, Event, EFastNetEventType::Connected));
		Ids.Add(Event.PeerId);
	}
	EXPECT(Pair.Server.PeerCount() == 3 && Pair.Server.Peers().Num() == 3);
	for (const int32 Id : Ids)
		EXPECT(Pair.Server.Peers().Contains(Id) && Pair.Server.PeerAddress(Id).Contains(TEXT(":")));
	EXPECT(Pair.Server.Broadcast(Ids[0], EFastNetChannel::ReliableOrdered, Bytes("others")) == EFastNetResult::Ok);
	EXPECT(Pair.Server.Broadcast(0, EFastNetChannel::ReliableOrdered, Bytes("all")) == EFastNetResult::Ok);
	EXPECT(Next(Pair.Client, Event, EFastNetEventType::Data) && Event.GetText() == TEXT("all"));
	for (FFastNetClient& Other : Others)
	{
		EXPECT(Next(Other, Event, EFastNetEventType::Data) && Event.GetText() == TEXT("others"));
		EXPECT(Next(Other, Event, EFastNetEventType::Data) && Event.GetText() == TEXT("all"));
	}
}

static void Endings()
{
	FPair Pair;
	if (!Pair.Meet())
		return;
	FFastNetEvent Event;
	EXPECT(Pair.Server.DisconnectPeer(Pair.PeerId, 0, TEXT("no shouting, pl\u00e9ase")) == EFastNetResult::Ok);
	EXPECT(Next(Pair.Client, Event, EFastNetEventType::Disconnected));
	EXPECT(Event.Reason == EFastNetReason::Kicked && Event.bByPeer && Event.GetText().Contains(TEXT("pl\u00e9ase")));
	EXPECT(FastNet::ReasonName(Event.Reason).Contains(TEXT("KICKED")));
	EXPECT(Next(Pair.Server, Event, EFastNetEventType::Disconnected));
	EXPECT(!Pair.Server.Poll(Event) && Pair.Server.PeerCount() == 0 && Pair.Server.Peers().Num() == 0);
	EXPECT(Pair.Server.Send(Pair.PeerId, EFastNetChannel::Unreliable, Bytes("x")) != EFastNetResult::Ok);
	EXPECT(Pair.Server.Send(12345, EFastNetChannel::Unreliable, Bytes("x")) == EFastNetResult::UnknownPeer);
	EXPECT(Pair.Server.PeerAddress(12345).IsEmpty());

	EXPECT(Pair.Client.Connect("localhost", Pair.Server.TcpPort()));
	EXPECT(Next(Pair.Client, Event, EFastNetEventType::Connected));
	EXPECT(Next(Pair.Server, Event, EFastNetEventType::Connected));
	EXPECT(Pair.Client.Close(1234, TEXT("bye")) == EFastNetResult::Ok);
	EXPECT(Next(Pair.Server, Event, EFastNetEventType::Disconnected));
	EXPECT(static_cast<uint32>(Event.Reason) == 1234 && Event.GetText().Contains(TEXT("bye")));
	EXPECT(Next(Pair.Client, Event, EFastNetEventType::Disconnected) && Event.ErrorCode == EFastNetResult::Ok);
}

static void MovesAndClosedOnes()
{
	FPair Pair;
	if (!Pair.Meet())
		return;
	FFastNetClient Moved = MoveTemp(Pair.Client);
	EXPECT(Moved.IsOpen() && !Pair.Client.IsOpen());
	Pair.Client = MoveTemp(Moved);
	EXPECT(!Moved.IsOpen() && Pair.Client.State() == EFastNetState::Connected);

	FFastNetEvent Event;
	FFastNetStats Stats;
	EXPECT(!Moved.Poll(Event) && Moved.State() == EFastNetState::Closed && Moved.RttUs() == 0);
	EXPECT(Moved.Send(EFastNetChannel::Unreliable, Bytes("x")) == EFastNetResult::InvalidHandle);
	EXPECT(FastNet::GetLastError().Contains(TEXT("connect the client")));
	EXPECT(Moved.Stats(Stats) == EFastNetResult::InvalidHandle);
	EXPECT(FFastNetServer().Peers().Num() == 0 && FFastNetServer().TcpPort() == 0);

	EXPECT(Pair.Client.Stats(Stats) == EFastNetResult::Ok && Stats.PacketsSent > 0);
	EXPECT(Pair.Server.PeerStats(Pair.PeerId, Stats) == EFastNetResult::Ok && Stats.UptimeUs > 0);
	Pair.Client.Disconnect();
	Pair.Client.Disconnect();
	EXPECT(!Pair.Client.IsOpen());
}

static void Mistakes()
{
	FFastNetClient Client;
	EXPECT(!Client.Connect("localhost", 70000));
	EXPECT(FastNet::GetLastError().Contains(TEXT("Port is 70000")));
	EXPECT(!Client.Connect("", 7778) && FastNet::LastResult() == EFastNetResult::InvalidArgument);
	EXPECT(!Client.Connect("127.0.0.1", 1) && FastNet::LastResult() == EFastNetResult::TcpUnreachable);
	EXPECT(FastNet::ResultName(FastNet::LastResult()) == TEXT("FASTNET_ERROR_TCP_UNREACHABLE"));

	FFastNetClientOptions Options;
	Options.Host = TEXT("localhost");
	Options.Port = -1;
	EXPECT(Client.Open(Options) == EFastNetResult::InvalidArgument);
	EXPECT(FastNet::GetLastError().Contains(TEXT("Port is -1")));
	Options.Port = 7778;
	Options.Pins = {TEXT("not a pin")};
	EXPECT(Client.Open(Options) == EFastNetResult::InvalidArgument);
	EXPECT(FastNet::GetLastError().Contains(TEXT("\"not a pin\" is no pin")));
	Options.Pins = {TEXT("zz00000000000000000000000000000000000000000000000000000000000000")};
	EXPECT(Client.Open(Options) == EFastNetResult::InvalidArgument);
	Options.Pins = {};
	Options.IdleTimeoutMs = 7;
	EXPECT(Client.Open(Options) == EFastNetResult::InvalidArgument && !FastNet::GetLastError().IsEmpty());
	EXPECT(FastNet::GetLastError().Contains(TEXT("idle")));
	EXPECT(!Client.IsOpen());
	FFastNetServer Server;
	EXPECT(!Server.Create(0, 0, TEXT("nowhere.pem"), TEXT("nowhere.key")));
	EXPECT(FastNet::LastResult() == EFastNetResult::Certificate);
}

static FString Variable(const char* Name)
{
	const char* Value = std::getenv(Name);
	return FString(UTF8_TO_TCHAR(Value ? Value : ""));
}

// One attempt with some trust: the reason why it ended, or Closed if it was trusted.
static EFastNetReason Attempt(const FFastNetClientOptions& Options)
{
	FFastNetClient Client;
	FFastNetEvent Event;
	if (!EXPECT(Client.Open(Options) == EFastNetResult::Ok))
		return EFastNetReason::InternalError;
	EXPECT(Await([&] { return Client.Poll(Event); }));
	return Event.Type == EFastNetEventType::Connected ? EFastNetReason::Closed : Event.Reason;
}

static void Trust()
{
	FFastNetServerOptions At;
	At.CertPath = Variable("SELF_SIGNED_CERT");
	At.KeyPath = Variable("SELF_SIGNED_KEY");
	FFastNetServer Server;
	if (!EXPECT(Server.Open(At) == EFastNetResult::Ok))
		return;
	FFastNetClientOptions Safe;
	Safe.Host = TEXT("127.0.0.1");
	Safe.Port = Server.TcpPort();
	EXPECT(Attempt(Safe) == EFastNetReason::CertificateRejected);

	FFastNetClientOptions Options = Safe;
	Options.Pins = {Variable("SELF_SIGNED_PIN")};
	EXPECT(Attempt(Options) == EFastNetReason::Closed);
	Options.Pins = {FString(TEXT("sha256/")) + Variable("SELF_SIGNED_PIN64")};
	EXPECT(Attempt(Options) == EFastNetReason::Closed);
	Options.Pins = {TEXT("00000000000000000000000000000000000000000000000000000000000000ff")};
	EXPECT(Attempt(Options) == EFastNetReason::CertificateRejected);

	Options = Safe;
	Options.CaPath = Variable("SELF_SIGNED_CERT");
	EXPECT(Attempt(Options) == EFastNetReason::Closed);
	Options = Safe;
	Options.CaPem = Variable("SELF_SIGNED_PEM");
	EXPECT(Attempt(Options) == EFastNetReason::Closed);
	Options = Safe;
	Options.bDangerAcceptAnyCertificate = true;
	EXPECT(Attempt(Options) == EFastNetReason::Closed);
}

class UListener : public UObject
{
public:
	UFastNetSubsystem* Net = nullptr;
	int32 Connected = 0, Peers = 0, PeersGone = 0, Gone = 0, Echoes = 0;
	FString Why;
	bool bEcho = true;

	void HandleConnected(int32 PeerId) { Connected = PeerId; }
	void HandleData(EFastNetChannel, const TArray<uint8>& Data)
	{
		Echoes += UFastNetSubsystem::BytesToText(Data) == TEXT("h\u00f6i");
	}
	void HandleDisconnected(int32, const FString& Text)
	{
		Gone++;
		Why = Text;
	}
	void HandlePeer(int32) { Peers++; }
	void HandlePeerData(int32 PeerId, EFastNetChannel Channel, const TArray<uint8>& Data)
	{
		if (bEcho)
			EXPECT(Net->SendToPeer(PeerId, Channel, Data));
	}
	void HandlePeerGone(int32, int32, const FString&) { PeersGone++; }
	void Listen(UFastNetSubsystem* To)
	{
		Net = To;
		Net->OnConnected.AddDynamic(this, &UListener::HandleConnected);
		Net->OnData.AddDynamic(this, &UListener::HandleData);
		Net->OnDisconnected.AddDynamic(this, &UListener::HandleDisconnected);
		Net->OnPeerConnected.AddDynamic(this, &UListener::HandlePeer);
		Net->OnPeerData.AddDynamic(this, &UListener::HandlePeerData);
		Net->OnPeerDisconnected.AddDynamic(this, &UListener::HandlePeerGone);
	}
};

static void Subsystem()
{
	UGameInstance Game;
	UListener Heard;
	UFastNetSubsystem* Net = Game.GetSubsystem<UFastNetSubsystem>();
	Heard.Listen(Net);
	EXPECT(!Net->IsServerRunning() && Net->GetState() == EFastNetState::Closed);
	EXPECT(!Net->Send(EFastNetChannel::Unreliable, Bytes("x")) && !UFastNetSubsystem::GetLastError().IsEmpty());
	EXPECT(Net->StartServer(0, 0) && Net->IsServerRunning());
	EXPECT(Net->Connect(TEXT("localhost"), Net->GetServerPort()));
	EXPECT(Frames([&] { return Heard.Connected && Heard.Peers; }) && Net->GetPeers().Num() == 1);
	const TArray<uint8> Hello = UFastNetSubsystem::TextToBytes(TEXT("h\u00f6i"));
	EXPECT(Hello.Num() == 4);
	for (int32 Count = 0; Count < 10; ++Count)
		EXPECT(Net->Send(EFastNetChannel::ReliableUnordered, Hello));
	EXPECT(Frames([&] { return Heard.Echoes == 10; }));
	EXPECT(Net->Broadcast(EFastNetChannel::ReliableOrdered, Hello) && Frames([&] { return Heard.Echoes == 11; }));
	FFastNetStats Stats;
	EXPECT(Net->GetStats(Stats) && Stats.MessagesSent >= 10 && Net->GetPeerStats(Heard.Connected, Stats));
	EXPECT(Net->GetRoundTripMs() > 0 && !Net->GetPeerAddress(Heard.Connected).IsEmpty());
	EXPECT(Net->KickPeer(Heard.Connected, TEXT("out")) && Frames([&] { return Heard.Gone && Heard.PeersGone; }));
	EXPECT(Heard.Why.Contains(TEXT("out")) && Net->GetState() == EFastNetState::Closed);
	EXPECT(Net->Connect(TEXT("localhost"), Net->GetServerPort()) && Frames([&] { return Heard.Peers == 2; }));
	Game.Shutdown();
	EXPECT(FTSTicker::GetCoreTicker().ShimCount() == 0);
}

class UQuitter : public UListener
{
public:
	void HandleFirst(EFastNetChannel, const TArray<uint8>&)
	{
		Echoes++;
		Net->Disconnect();
		Net->StopServer();
	}
};

static void AHandlerMayEndEverything()
{
	UGameInstance Game;
	UQuitter Heard;
	UFastNetSubsystem* Net = Game.GetSubsystem<UFastNetSubsystem>();
	Heard.Net = Net;
	Net->OnConnected.AddDynamic(static_cast<UListener*>(&Heard), &UListener::HandleConnected);
	Net->OnPeerData.AddDynamic(static_cast<UListener*>(&Heard), &UListener::HandlePeerData);
	Net->OnData.AddDynamic(&Heard, &UQuitter::HandleFirst);
	EXPECT(Net->StartServer(0, 0) && Net->Connect(TEXT("localhost"), Net->GetServerPort()));
	EXPECT(Frames([&] { return Heard.Connected != 0; }));
	for (int32 Count = 0; Count < 5; ++Count)
		EXPECT(Net->Send(EFastNetChannel::ReliableOrdered, Bytes("x")));
	EXPECT(Frames([&] { return Heard.Echoes != 0; }) && Heard.Echoes == 1 && !Net->IsServerRunning());
	Game.Shutdown();
}

class UWaiter : public UObject
{
public:
	int32 Succeeded = 0, FailedOnce = 0;
	FString Error;

	void HandleSuccess(int32 PeerId, const FString&) { Succeeded += PeerId != 0; }
	void HandleFailure(int32, const FString& Text)
	{
		FailedOnce++;
		Error = Text;
	}
	UFastNetConnectAction* Start(UWorld* World, int32 Port)
	{
		UFastNetConnectAction* Action = UFastNetConnectAction::ConnectToFastNetServer(World, TEXT("localhost"), Port);
		Action->OnSuccess.AddDynamic(this, &UWaiter::HandleSuccess);
		Action->OnFailure.AddDynamic(this, &UWaiter::HandleFailure);
		Action->Activate();
		return Action;
	}
};

static void ConnectNode()
{
	UGameInstance Game;
	UWorld World;
	UWaiter Waiter;
	World.ShimGame = &Game;
	UFastNetSubsystem* Net = Game.GetSubsystem<UFastNetSubsystem>();
	EXPECT(Net->StartServer(0, 0));
	const UFastNetConnectAction* Action = Waiter.Start(&World, Net->GetServerPort());
	EXPECT(Frames([&] { return Waiter.Succeeded != 0; }) && Action->bShimReady && !Net->OnConnected.IsBound());
	Net->Disconnect();
	Action = Waiter.Start(&World, 1);
	EXPECT(Frames([&] { return Waiter.FailedOnce != 0; }) && Action->bShimReady && !Waiter.Error.IsEmpty());
	Action = Waiter.Start(&World, -5);
	EXPECT(Waiter.FailedOnce == 2 && Waiter.Error.Contains(TEXT("Port is -5")) && !Net->OnDisconnected.IsBound());
	Action = Waiter.Start(nullptr, 1);
	EXPECT(Waiter.FailedOnce == 3 && Action->bShimReady && Waiter.Error.Contains(TEXT("game instance")));
	EXPECT(Waiter.Succeeded == 1);
	Game.Shutdown();
}

static void Settings()
{
	UFastNetSettings* Of = GetMutableDefault<UFastNetSettings>();
	EXPECT(Of->GetCategoryName().ToString() == TEXT("Plugins") && Of->LogLevel == EFastNetLogLevel::Off);
	EXPECT(!Of->Client.bDangerAcceptAnyCertificate && Of->Client.Pins.Num() == 0);
	Of->LogLevel = EFastNetLogLevel::Info;
	Of->Server.CertPath = TEXT("made/here.pem");
	Of->Server.KeyPath = TEXT("made/here.key");
	FPaths::ShimProject = TEXT("/of/the/project");
	UGameInstance Game;
	UFastNetSubsystem* Net = Game.GetSubsystem<UFastNetSubsystem>();
	EXPECT(!Net->StartServer(0, 0) && UFastNetSubsystem::GetLastError().Contains(TEXT("/of/the/project/made/here")));
	Of->Server.CertPath = Variable("SELF_SIGNED_CERT");
	Of->Server.KeyPath = Variable("SELF_SIGNED_KEY");
	EXPECT(Net->StartServer(0, 0));
	Of->Client.bDangerAcceptAnyCertificate = true;
	UListener Heard;
	Heard.Listen(Net);
	EXPECT(Net->Connect(TEXT("localhost"), Net->GetServerPort()) && Logged("Warning", "bDangerAcceptAnyCertificate"));
	EXPECT(Frames([&] { return Heard.Connected != 0; }));
	EXPECT(Logged("Log", "") || Logged("Warning", "certificate"));
	Game.Shutdown();
}

static void Specs()
{
	for (const auto& Make : ShimSpecs())
	{
		const std::unique_ptr<FShimSpec> Spec = Make();
		Spec->Define();
		Passed += Spec->ShimPassed;
		Failed += Spec->ShimFailed;
	}
	EXPECT(ShimSpecs().size() == 1);
}

// The library is not there, or not ours: one line in the log, and errors instead of crashes.
static void NoLibrary()
{
	EXPECT(!FastNet::IsAvailable() && Logged("Error", TCHAR_TO_UTF8(*FastNet::GetProblem())));
	EXPECT(FastNet::GetProblem().Contains(TEXT("libfastnet.so")) && FastNet::GetLastError() == FastNet::GetProblem());
	FFastNetClient Client;
	FFastNetServer Server;
	FFastNetEvent Event;
	FFastNetStats Stats;
	EXPECT(!Client.Connect("localhost", 7778) && Client.Open(FFastNetClientOptions()) == EFastNetResult::Runtime);
	EXPECT(!Client.Poll(Event) && Client.Send(EFastNetChannel::Unreliable, Bytes("x")) == EFastNetResult::Runtime);
	EXPECT(!Server.Create(0, 0) && Server.Stats(Stats) == EFastNetResult::Runtime && FastNet::VersionString().IsEmpty());
	UGameInstance Game;
	EXPECT(!Game.GetSubsystem<UFastNetSubsystem>()->Connect(TEXT("localhost"), 7778));
	FTSTicker::GetCoreTicker().ShimTick(0.016f);
	Game.Shutdown();
}

// Prints what a frame with 4 sends and 4 events costs. The server's four messages share a datagram, so that they are
// there together; a frame that finds fewer is not counted.
static void FrameCost()
{
	FFastNetServerOptions Options;
	Options.bManualFlush = true;
	FFastNetServer Server;
	FFastNetClient Client;
	FFastNetEvent Event;
	EXPECT(Server.Open(Options) == EFastNetResult::Ok && Client.Connect("localhost", Server.TcpPort()));
	EXPECT(Next(Server, Event, EFastNetEventType::Connected));
	const int32 PeerId = Event.PeerId;
	EXPECT(Next(Client, Event, EFastNetEventType::Connected));
	const TArray<uint8> Data = Bytes("a position and a heading, say");
	std::vector<double> Us;
	for (int32 Turn = 0; Turn < 5000 && Us.size() < 500; ++Turn)
	{
		for (int32 Count = 0; Count < 4; ++Count)
			Server.Send(PeerId, EFastNetChannel::ReliableOrdered, Data);
		Server.Flush();
		if (!EXPECT(Client.Wait(5000) == EFastNetResult::Ok))
			return;
		int32 Events = 0;
		const double Begun = FPlatformTime::Seconds();
		for (int32 Count = 0; Count < 4; ++Count)
			Client.Send(EFastNetChannel::ReliableOrdered, Data);
		while (Client.Poll(Event))
			Events++;
		const double Took = 1e6 * (FPlatformTime::Seconds() - Begun);
		if (Events == 4)
			Us.push_back(Took);
		while (Events < 4 && Await([&] { return Client.Poll(Event); }))
			Events++;
		while (Server.Poll(Event))
			;
	}
	std::sort(Us.begin(), Us.end());
	if (EXPECT(Us.size() >= 100))
	{
		const double Median = Us[Us.size() / 2], High = Us[Us.size() * 99 / 100];
		std::printf("frame of 4 sends and 4 events: p50 %.1f us, p99 %.1f us\n", Median, High);
	}
}

int main(int, char** Arguments)
{
	const std::vector<std::pair<std::string, void (*)()>> Scenarios = {{"channels", Channels}, {"big", BigMessages},
		{"broadcast", BroadcastReachesAllButOne}, {"endings", Endings}, {"moves", MovesAndClosedOnes},
		{"mistakes", Mistakes}, {"trust", Trust}, {"subsystem", Subsystem}, {"quitter", AHandlerMayEndEverything},
		{"node", ConnectNode}, {"settings", Settings}, {"specs", Specs}, {"no library", NoLibrary}, {"frame", FrameCost}};
	IPluginManager::Get().ShimPlugin->BaseDir = FString(UTF8_TO_TCHAR(Arguments[1]));
	std::vector<std::unique_ptr<IModuleInterface>> Modules;
	for (const auto& [Name, Make] : ShimModules())
		Modules.emplace_back(Make())->StartupModule();
	for (const auto& [Name, Run] : Scenarios)
		if (Name == Arguments[2])
			Run();
	for (const auto& Module : Modules)
		Module->ShutdownModule();
	std::printf("%d passed, %d failed\n", Passed, Failed);
	return Failed || !Passed;
}
