#pragma once
#include "CoreMinimal.h"

struct FBase64
{
	static bool Decode(const FString& Text, TArray<uint8>& OutBytes)
	{
		static const char Letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
		const std::string Ascii = TCHAR_TO_UTF8(*Text);
		uint32 Bits = 0;
		int Count = 0;
		for (const char Letter : Ascii.substr(0, Ascii.find('=')))
		{
			const char* At = std::strchr(Letters, Letter);
			if (!At || Ascii.size() % 4)
				return false;
			Bits = Bits << 6 | static_cast<uint32>(At - Letters);
			if ((Count += 6) >= 8)
				OutBytes.Add(static_cast<uint8>(Bits >> (Count -= 8)));
		}
		return true;
	}
};
