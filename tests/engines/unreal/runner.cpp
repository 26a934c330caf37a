// The conformance runner in Unreal's C++, on FFastNetClient and FFastNetServer. tests/conformance/scenarios/README.md has
// the commands.
//
// usage: runner PLUGIN_FOLDER
#include "FastNet.h"
#include "Interfaces/IPluginManager.h"
#include "Modules/ModuleManager.h"

#include <iostream>
#include <map>
#include <sstream>

struct FPlace
{
	FFastNetClient Client;
	FFastNetServer Server;
};

using FWords = std::vector<std::string>;
static std::map<std::string, FPlace> Places;

static int64 Option(const FWords& Words, const std::string& Key)
{
	for (const std::string& Word : Words)
		if (Word.rfind(Key + "=", 0) == 0)
			return std::stoll(Word.substr(Key.size() + 1));
	return 0;
}

static TArray<uint8> Filled(const std::string& Size, const std::string& Seed)
{
	TArray<uint8> Data;
	Data.SetNum(std::stoi(Size));
	for (int32 At = 0; At < Data.Num(); ++At)
		Data[At] = static_cast<uint8>(std::stoi(Seed) + At * 31);
	return Data;
}

static std::string Said(EFastNetResult Result)
{
	return Result == EFastNetResult::Ok ? "ok" : "result " + std::to_string(static_cast<int32>(Result));
}

static std::string Told(const FFastNetEvent& Event)
{
	std::ostringstream Line;
	if (Event.Type == EFastNetEventType::Connected)
	{
		Line << "connected " << Event.PeerId;
	}
	else if (Event.Type == EFastNetEventType::Data)
	{
		uint32 Hash = 2166136261u; // FNV-1a
		for (const uint8 Byte : Event.Data)
			Hash = (Hash ^ Byte) * 16777619u;
		char Text[9];
		std::snprintf(Text, sizeof Text, "%08x", Hash);
		Line << "data " << Event.PeerId << ' ' << static_cast<int>(Event.Channel) << ' ' << Event.Data.Num() << ' ' << Text;
	}
	else
	{
		const uint32 Reason = static_cast<uint32>(Event.Reason);
		Line << "disconnected " << Event.PeerId << ' ' << Reason;
		if (Reason >= 1000)
			Line << ' ' << TCHAR_TO_UTF8(*Event.GetText());
	}
	return Line.str();
}

template <class T> static std::string Waited(T& From)
{
	FFastNetEvent Event;
	if (From.Poll(Event) || (From.Wait(10000) == EFastNetResult::Ok && From.Poll(Event)))
		return Told(Event);
	return "nothing";
}

static std::string Listen(FPlace& Place, const FWords& Words)
{
	FFastNetServerOptions Options;
	Options.AppId = Option(Words, "app_id");
	Options.PeersMax = static_cast<int32>(Option(Words, "peers_max"));
	const EFastNetResult Result = Place.Server.Open(Options);
	if (Result != EFastNetResult::Ok)
		return Said(Result);
	return "listening " + std::to_string(Place.Server.UdpPort()) + ' ' + std::to_string(Place.Server.TcpPort());
}

static std::string Open(FPlace& Place, const FWords& Words)
{
	FFastNetClientOptions Options;
	Options.Host = TEXT("localhost");
	Options.Port = std::stoi(Words[2]);
	Options.AppId = Option(Words, "app_id");
	if (Option(Words, "wrong_pin"))
		Options.Pins = {TEXT("0101010101010101010101010101010101010101010101010101010101010101")};
	Options.bNoDevCa = Option(Words, "no_dev_ca") != 0;
	return Said(Place.Client.Open(Options));
}

static std::string CarryOut(const FWords& Words)
{
	const std::string& Verb = Words[0];
	FPlace& Place = Places[Words[1]];
	const auto Number = [&](size_t At) { return std::stoi(Words[At]); };
	const auto Channel = [&](size_t At) { return static_cast<EFastNetChannel>(Number(At)); };
	if (Verb == "listen")
		return Listen(Place, Words);
	if (Verb == "open")
		return Open(Place, Words);
	if (Verb == "wait")
		return Place.Client.IsOpen() ? Waited(Place.Client) : Waited(Place.Server);
	if (Verb == "send" && Place.Client.IsOpen())
		return Said(Place.Client.Send(Channel(3), Filled(Words[4], Words[5])));
	if (Verb == "send")
		return Said(Place.Server.Send(Number(2), Channel(3), Filled(Words[4], Words[5])));
	if (Verb == "broadcast")
		return Said(Place.Server.Broadcast(Number(2), Channel(3), Filled(Words[4], Words[5])));
	if (Verb == "kick")
		return Said(Place.Server.DisconnectPeer(Number(2), Number(3), FString(UTF8_TO_TCHAR(Words[4].c_str()))));
	if (Verb == "close")
		return Said(Place.Client.Close(Number(2), FString(UTF8_TO_TCHAR(Words[3].c_str()))));
	if (Verb == "count")
		return "count " + std::to_string(Place.Server.PeerCount());
	if (Verb == "end")
		return Places.erase(Words[1]) ? "ok" : "unknown";
	return "unknown";
}

int main(int, char** Arguments)
{
	IPluginManager::Get().ShimPlugin->BaseDir = FString(UTF8_TO_TCHAR(Arguments[1]));
	std::unique_ptr<IModuleInterface> Module(ShimModules()[0].second());
	Module->StartupModule();
	for (std::string Line; std::getline(std::cin, Line);)
	{
		std::istringstream Parts(Line);
		FWords Words;
		for (std::string Word; Parts >> Word;)
			Words.push_back(Word);
		if (Words.size() < 2)
			break;
		std::cout << CarryOut(Words) << std::endl;
	}
	Places.clear();
	Module->ShutdownModule();
	return 0;
}
