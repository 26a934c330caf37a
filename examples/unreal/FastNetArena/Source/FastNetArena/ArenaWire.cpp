// See ArenaWire.h.
#include "ArenaWire.h"

namespace ArenaWire
{
	static constexpr int32 PlayerBytes = 14;

	static void Put16(TArray<uint8>& To, uint32 Value)
	{
		To.Add(static_cast<uint8>(Value));
		To.Add(static_cast<uint8>(Value >> 8));
	}

	static void Put32(TArray<uint8>& To, uint32 Value)
	{
		Put16(To, Value);
		Put16(To, Value >> 16);
	}

	static void PutFloat(TArray<uint8>& To, float Value)
	{
		uint32 Bits;
		FMemory::Memcpy(&Bits, &Value, sizeof(Bits));
		Put32(To, Bits);
	}

	static uint8 ToByte(float Direction)
	{
		const float Scaled = FMath::Clamp(Direction, -1.0f, 1.0f) * 127;
		return static_cast<uint8>(static_cast<int8>(Scaled < 0 ? Scaled - 0.5f : Scaled + 0.5f));
	}

	static bool IsLength(EKind Kind, const TArray<uint8>& Message)
	{
		const int32 Length = Message.Num();
		switch (Kind)
		{
		case Input:
		case Welcome:
			return Length == 5;
		case Snapshot:
			return Length >= 4 && Length == 4 + Message[3] * PlayerBytes;
		case Chat:
			return Length >= 5 && Length <= 5 + ChatBytesMax;
		case Appear:
			return Length == 11;
		case Taken:
			return Length == 7;
		default:
			return false;
		}
	}

	EKind KindOf(const TArray<uint8>& Message)
	{
		const EKind Kind = Message.Num() ? static_cast<EKind>(Message[0]) : None;
		return IsLength(Kind, Message) ? Kind : None;
	}

	TArray<uint8> WriteInput(uint16 Tick, float Dx, float Dy)
	{
		TArray<uint8> Message = {Input};
		Put16(Message, Tick);
		Message.Add(ToByte(Dx));
		Message.Add(ToByte(Dy));
		return Message;
	}

	TArray<uint8> WriteSnapshot(uint16 Tick, const TMap<int32, FArenaPlace>& Players)
	{
		TArray<uint8> Message = {Snapshot};
		Put16(Message, Tick);
		Message.Add(static_cast<uint8>(Players.Num()));
		for (const TPair<int32, FArenaPlace>& Player : Players)
		{
			Put32(Message, static_cast<uint32>(Player.Key));
			PutFloat(Message, Player.Value.X);
			PutFloat(Message, Player.Value.Y);
			Put16(Message, static_cast<uint32>(Player.Value.Score));
		}
		return Message;
	}

	TArray<uint8> WriteChat(int32 From, const TArray<uint8>& Text)
	{
		TArray<uint8> Message = {Chat};
		Put32(Message, static_cast<uint32>(From));
		int32 Bytes = FMath::Min(Text.Num(), ChatBytesMax);
		while (Bytes < Text.Num() && Bytes > 0 && (Text[Bytes] & 0xC0) == 0x80)
		{
			--Bytes; // Not in the middle of a character.
		}
		Message.Append(Text.GetData(), Bytes);
		return Message;
	}

	TArray<uint8> WriteAppear(int32 Thing, const FArenaPlace& Place)
	{
		TArray<uint8> Message = {Appear};
		Put16(Message, static_cast<uint32>(Thing));
		PutFloat(Message, Place.X);
		PutFloat(Message, Place.Y);
		return Message;
	}

	TArray<uint8> WriteTaken(int32 Thing, int32 By)
	{
		TArray<uint8> Message = {Taken};
		Put16(Message, static_cast<uint32>(Thing));
		Put32(Message, static_cast<uint32>(By));
		return Message;
	}

	TArray<uint8> WriteWelcome(int32 Id)
	{
		TArray<uint8> Message = {Welcome};
		Put32(Message, static_cast<uint32>(Id));
		return Message;
	}

	uint16 Get16(const TArray<uint8>& Message, int32 At)
	{
		return static_cast<uint16>(Message[At] | Message[At + 1] << 8);
	}

	int32 Get32(const TArray<uint8>& Message, int32 At)
	{
		return static_cast<int32>(Get16(Message, At) | static_cast<uint32>(Get16(Message, At + 2)) << 16);
	}

	float GetFloat(const TArray<uint8>& Message, int32 At)
	{
		const int32 Bits = Get32(Message, At);
		float Value;
		FMemory::Memcpy(&Value, &Bits, sizeof(Value));
		return Value;
	}

	void ReadDirection(const TArray<uint8>& Message, float& OutDx, float& OutDy)
	{
		OutDx = static_cast<int8>(Message[3]) / 127.0f;
		OutDy = static_cast<int8>(Message[4]) / 127.0f;
		const float Length = FMath::Sqrt(OutDx * OutDx + OutDy * OutDy);
		if (Length > 1)
		{
			OutDx /= Length;
			OutDy /= Length;
		}
	}

	void ReadPlayers(const TArray<uint8>& Message, TMap<int32, FArenaPlace>& OutPlayers)
	{
		OutPlayers.Reset();
		for (int32 At = 4; At < Message.Num(); At += PlayerBytes)
		{
			const FArenaPlace Place = {GetFloat(Message, At + 4), GetFloat(Message, At + 8), Get16(Message, At + 12)};
			OutPlayers.FindOrAdd(Get32(Message, At)) = Place;
		}
	}

	TArray<uint8> ReadText(const TArray<uint8>& Message)
	{
		TArray<uint8> Text;
		Text.Append(Message.GetData() + 5, Message.Num() - 5);
		return Text;
	}

	void Step(FArenaPlace& Place, float Dx, float Dy)
	{
		Place.X = FMath::Clamp(Place.X + Dx * Speed * TickSeconds, 0.0f, Width);
		Place.Y = FMath::Clamp(Place.Y + Dy * Speed * TickSeconds, 0.0f, Height);
	}
}
