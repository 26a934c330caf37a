// Text, bytes and pins on their way to C: kept as long as the object that took them, for C only borrows.
#pragma once

#include "CoreMinimal.h"

namespace FastNet
{
	/** Text as UTF-8, without a NUL. */
	TArray<uint8> ToUtf8(const FString& Text);

	/** UTF-8 as text. */
	FString FromUtf8(const TArray<uint8>& Bytes);

	/** One text as UTF-8, as long as the full expression it stands in. */
	class FText8
	{
	public:
		explicit FText8(const TCHAR* Text) : Converted(Text) {}

		/** The text; NULL, which means "the default", if it is empty. */
		const char* OrNull() const
		{
			const char* Text = reinterpret_cast<const char*>(Converted.Get());
			return Text[0] ? Text : nullptr;
		}

	private:
		FTCHARToUTF8 Converted;
	};

	/** What one configuration points to. */
	class FMarshal
	{
	public:
		/** Text that ends with a NUL; NULL if empty. */
		const char* Text(const FString& From);

		/** A certificate or key as PEM, with its length; NULL if empty. */
		const uint8* Pem(const FString& From, uint32& OutBytes);

		/** Bytes as they are, with their number; NULL if there are none. */
		const uint8* Bytes(const TArray<uint8>& From, uint32& OutBytes);

		/** SHA-256 digests, each as 64 hexadecimal digits or as base64, with or without "sha256/" in front. */
		const uint8* Pins(const TArray<FString>& From, uint32& OutPins);

		/** A port; 0 and a text for GetLastError if it is none. */
		uint16 Port(int32 From, const TCHAR* Name);

		/** Whether everything could be handed on. */
		bool IsGood() const { return bGood; }

	private:
		const TArray<uint8>& Keep(TArray<uint8>&& Bytes);

		TArray<TArray<uint8>> Kept;
		bool bGood = true;
	};
}
