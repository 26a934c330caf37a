// The messages of the arena, as examples/ARENA.md has them: the Godot and the Unity sample speak the same. Writers
// return a message; readers say no to what is malformed.
#pragma once

#include "CoreMinimal.h"

/** A player or a thing: where it is, and what it has. */
struct FArenaPlace
{
	float X = 0;
	float Y = 0;
	int32 Score = 0;
};

namespace ArenaWire
{
	enum EKind : uint8
	{
		None,
		Input,
		Snapshot,
		Chat,
		Appear,
		Taken,
		Welcome
	};

	constexpr float Width = 640, Height = 360, Speed = 160, TickSeconds = 1.0f / 60;
	constexpr int32 ChatBytesMax = 200;

	/** What a message is; None if it is malformed. */
	EKind KindOf(const TArray<uint8>& Message);

	TArray<uint8> WriteInput(uint16 Tick, float Dx, float Dy);
	TArray<uint8> WriteSnapshot(uint16 Tick, const TMap<int32, FArenaPlace>& Players);
	TArray<uint8> WriteChat(int32 From, const TArray<uint8>& Text);
	TArray<uint8> WriteAppear(int32 Thing, const FArenaPlace& Place);
	TArray<uint8> WriteTaken(int32 Thing, int32 By);
	TArray<uint8> WriteWelcome(int32 Id);

	/** A number inside a message; 2 and 4 bytes. */
	uint16 Get16(const TArray<uint8>& Message, int32 At);
	int32 Get32(const TArray<uint8>& Message, int32 At);
	float GetFloat(const TArray<uint8>& Message, int32 At);

	/** The direction of an input, at most 1 long. */
	void ReadDirection(const TArray<uint8>& Message, float& OutDx, float& OutDy);
	void ReadPlayers(const TArray<uint8>& Message, TMap<int32, FArenaPlace>& OutPlayers);
	TArray<uint8> ReadText(const TArray<uint8>& Message);

	/** One tick of movement, the same at both ends: so a prediction comes true. */
	void Step(FArenaPlace& Place, float Dx, float Dy);
}
