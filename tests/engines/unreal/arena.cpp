// The sample's server and two of its players in one process, over the real library; or one player on a server elsewhere.
//
// usage: arena PLUGIN_FOLDER [HOST PORT]      prints "N passed, 0 failed" last
#include "ArenaPlayerComponent.h"
#include "ArenaServer.h"
#include "HAL/PlatformTime.h"
#include "Interfaces/IPluginManager.h"
#include "Modules/ModuleManager.h"

#include <thread>

static int Passed = 0, Failed = 0;

static bool Expect(bool bValue, const char* What)
{
	(bValue ? Passed : Failed)++;
	if (!bValue)
		std::fprintf(stderr, "FAILED %s (last error: %s)\n", What, TCHAR_TO_UTF8(*FastNet::GetLastError()));
	return bValue;
}
#define EXPECT(...) Expect(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__)

class UEars : public UObject
{
public:
	UArenaPlayerComponent Player;
	int32 From = 0, Left = 0;
	FString Heard;

	UEars()
	{
		Player.OnSaid.AddDynamic(this, &UEars::HandleSaid);
		Player.OnLeft.AddDynamic(this, &UEars::HandleLeft);
	}
	void HandleSaid(int32 PlayerId, const FString& Text)
	{
		From = PlayerId;
		Heard = Text;
	}
	void HandleLeft(const FString&) { Left++; }
	FArenaPlayer Find(int32 Id) const
	{
		for (const FArenaPlayer& One : Player.GetPlayers())
			if (One.PlayerId == Id)
				return One;
		return FArenaPlayer();
	}
};

// Frames of a sixtieth of a second, without waiting for the clock on the wall to agree.
static bool Frames(AArenaServer* Server, const std::vector<UEars*>& All, const std::function<bool()>& IsDone)
{
	for (const double End = FPlatformTime::Seconds() + 20; !IsDone(); std::this_thread::yield())
	{
		if (FPlatformTime::Seconds() > End)
			return false;
		if (Server)
			Server->Tick(1.0f / 60);
		for (UEars* One : All)
			One->Player.TickComponent(1.0f / 60, LEVELTICK_All, nullptr);
	}
	return true;
}

static void Together()
{
	AArenaServer Server;
	UEars A, B;
	Server.UdpPort = Server.TcpPort = 0;
	Server.ShimBegin();
	EXPECT(Server.GetPort() != 0);
	EXPECT(A.Player.Join(TEXT("localhost"), Server.GetPort()) && B.Player.Join(TEXT("localhost"), Server.GetPort()));
	EXPECT(Frames(&Server, {&A, &B}, [&] { return A.Player.GetPlayers().Num() == 2 && B.Player.GetPlayers().Num() == 2; }));
	EXPECT(Server.GetPlayerCount() == 2 && A.Player.GetPlayerId() != B.Player.GetPlayerId());
	EXPECT(Frames(&Server, {&A, &B}, [&] { return A.Player.GetThings().Num() == 6; }));

	EXPECT(A.Player.Say(TEXT("gr\u00fc\u00df dich")));
	EXPECT(Frames(&Server, {&A, &B}, [&] { return !B.Heard.IsEmpty() && !A.Heard.IsEmpty(); }));
	EXPECT(B.Heard == TEXT("gr\u00fc\u00df dich") && B.From == A.Player.GetPlayerId());

	// Straight to a thing, which is then gone for both, and counted.
	EXPECT(Frames(&Server, {&A, &B}, [&] {
		const FArenaPlayer Own = A.Find(A.Player.GetPlayerId());
		if (A.Player.GetThings().Num())
		{
			const FArenaPlayer Thing = A.Player.GetThings()[0];
			const float Dx = Thing.X - Own.X, Dy = Thing.Y - Own.Y, Length = std::sqrt(Dx * Dx + Dy * Dy) + 0.001f;
			A.Player.Steer(Dx / Length, Dy / Length);
		}
		return B.Find(A.Player.GetPlayerId()).Score > 0;
	}));
	A.Player.Steer(0, 0);
	// Standing still, the prediction and the server's word agree.
	EXPECT(Frames(&Server, {&A, &B}, [&] {
		const FArenaPlayer Mine = A.Find(A.Player.GetPlayerId()), Seen = B.Find(A.Player.GetPlayerId());
		return std::abs(Mine.X - Seen.X) < 0.01f && std::abs(Mine.Y - Seen.Y) < 0.01f;
	}));
	EXPECT(A.Player.GetOverlay().Contains(TEXT("RTT")));
	B.Player.ShimEnd();
	EXPECT(Frames(&Server, {&A}, [&] { return Server.GetPlayerCount() == 1 && A.Player.GetPlayers().Num() == 1; }));
	Server.ShimEnd();
	EXPECT(Frames(nullptr, {&A}, [&] { return A.Left == 1; }));
}

static void Elsewhere(const char* Host, int32 Port)
{
	UEars A;
	EXPECT(A.Player.Join(FString(UTF8_TO_TCHAR(Host)), Port));
	EXPECT(Frames(nullptr, {&A}, [&] { return A.Player.GetPlayers().Num() > 0 && A.Player.GetThings().Num() == 6; }));
	const float Before = A.Find(A.Player.GetPlayerId()).X;
	A.Player.Steer(1, 0);
	EXPECT(Frames(nullptr, {&A}, [&] { return A.Find(A.Player.GetPlayerId()).X > Before + 10; }));
	EXPECT(A.Player.Say(TEXT("hello from Unreal")));
	EXPECT(Frames(nullptr, {&A}, [&] { return A.Heard == TEXT("hello from Unreal"); }));
}

int main(int Count, char** Arguments)
{
	IPluginManager::Get().ShimPlugin->BaseDir = FString(UTF8_TO_TCHAR(Arguments[1]));
	std::vector<std::unique_ptr<IModuleInterface>> Modules;
	for (const auto& [Name, Make] : ShimModules())
		Modules.emplace_back(Make())->StartupModule();
	if (Count == 4)
		Elsewhere(Arguments[2], std::atoi(Arguments[3]));
	else
		Together();
	for (const auto& Module : Modules)
		Module->ShutdownModule();
	std::printf("%d passed, %d failed\n", Passed, Failed);
	return Failed || !Passed;
}
