// See FastNetMarshal.h.
#include "FastNetMarshal.h"

#include "FastNetLibrary.h"
#include "Misc/Base64.h"
#include "Misc/Char.h"
#include "Misc/Parse.h"

namespace FastNet
{
	static constexpr int32 PinBytes = 32;

	TArray<uint8> ToUtf8(const FString& Text)
	{
		const FTCHARToUTF8 Converted(*Text);
		TArray<uint8> Bytes;
		Bytes.Append(reinterpret_cast<const uint8*>(Converted.Get()), Converted.Length());
		return Bytes;
	}

	FString FromUtf8(const TArray<uint8>& Bytes)
	{
		if (Bytes.Num() == 0)
		{
			return FString();
		}
		const FUTF8ToTCHAR Converted(reinterpret_cast<const ANSICHAR*>(Bytes.GetData()), Bytes.Num());
		return FString(Converted.Length(), Converted.Get());
	}

	static bool DecodeHex(const FString& From, TArray<uint8>& OutBytes)
	{
		for (int32 At = 0; At < From.Len(); At += 2)
		{
			if (!FChar::IsHexDigit(From[At]) || !FChar::IsHexDigit(From[At + 1]))
			{
				return false;
			}
			OutBytes.Add(static_cast<uint8>(16 * FParse::HexDigit(From[At]) + FParse::HexDigit(From[At + 1])));
		}
		return true;
	}

	static bool DecodePin(const FString& From, TArray<uint8>& OutBytes)
	{
		FString Pin = From.TrimStartAndEnd();
		if (Pin.RemoveFromStart(TEXT("sha256/")))
		{
			Pin.RemoveFromStart(TEXT("/"));
		}
		const bool bRead = Pin.Len() == 2 * PinBytes ? DecodeHex(Pin, OutBytes) : FBase64::Decode(Pin, OutBytes);
		return bRead && OutBytes.Num() == PinBytes;
	}

	const TArray<uint8>& FMarshal::Keep(TArray<uint8>&& Bytes)
	{
		return Kept.Add_GetRef(MoveTemp(Bytes));
	}

	const char* FMarshal::Text(const FString& From)
	{
		if (From.IsEmpty())
		{
			return nullptr;
		}
		TArray<uint8> Terminated = ToUtf8(From);
		Terminated.Add(0);
		return reinterpret_cast<const char*>(Keep(MoveTemp(Terminated)).GetData());
	}

	const uint8* FMarshal::Pem(const FString& From, uint32& OutBytes)
	{
		return Bytes(ToUtf8(From), OutBytes);
	}

	const uint8* FMarshal::Bytes(const TArray<uint8>& From, uint32& OutBytes)
	{
		OutBytes = static_cast<uint32>(From.Num());
		return From.Num() ? Keep(TArray<uint8>(From)).GetData() : nullptr;
	}

	const uint8* FMarshal::Pins(const TArray<FString>& From, uint32& OutPins)
	{
		TArray<uint8> All;
		for (const FString& Pin : From)
		{
			TArray<uint8> One;
			if (!DecodePin(Pin, One))
			{
				SetLastError(FString::Printf(
					TEXT("\"%s\" is no pin: it is the SHA-256 of a public key, 64 hexadecimal digits or base64, as `fastnet ")
					TEXT("cert` prints it"),
					*Pin));
				bGood = false;
				return nullptr;
			}
			All.Append(One);
		}
		OutPins = static_cast<uint32>(From.Num());
		return From.Num() ? Keep(MoveTemp(All)).GetData() : nullptr;
	}

	uint16 FMarshal::Port(int32 From, const TCHAR* Name)
	{
		const bool bIsPort = IsPort(From, Name);
		bGood = bGood && bIsPort;
		return bIsPort ? static_cast<uint16>(From) : 0;
	}
}
