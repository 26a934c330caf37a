// See FastNetLibrary.h.
#include "FastNetLibrary.h"

#include "HAL/PlatformProcess.h"
#include "Misc/Paths.h"

DEFINE_LOG_CATEGORY(LogFastNet);

namespace FastNet
{
#if PLATFORM_WINDOWS
	static const TCHAR* const PlatformFolder = TEXT("Win64/fastnet.dll");
#elif PLATFORM_MAC
	static const TCHAR* const PlatformFolder = TEXT("Mac/libfastnet.dylib");
#else
	static const TCHAR* const PlatformFolder = TEXT("Linux/libfastnet.so");
#endif

	static FFastNetApi Table;
	static bool bLoaded = false;

	// Text of our own that no call of the library failed after: it says so by keeping its text.
	struct FOwnError
	{
		FString Text;
		FString LibrarysThen;
	};
	static thread_local FOwnError OwnError;

	static FString& Problem()
	{
		static FString Text = TEXT("the FastNet module has not started yet");
		return Text;
	}

	static bool Fail(const FString& Text)
	{
		Problem() = Text;
		UE_LOG(LogFastNet, Error, TEXT("%s"), *Text);
		return false;
	}

	static const TCHAR* FillTable(void* Library)
	{
#define FASTNET_FETCH(Field, Symbol) \
	Table.Field = reinterpret_cast<decltype(Table.Field)>(FPlatformProcess::GetDllExport(Library, TEXT(#Symbol))); \
	if (!Table.Field) \
	{ \
		return TEXT(#Symbol); \
	}
		FASTNET_FUNCTIONS(FASTNET_FETCH)
#undef FASTNET_FETCH
		return nullptr;
	}

	bool Load(const FString& PluginFolder)
	{
		if (bLoaded)
		{
			return true;
		}
		const FString Path = FPaths::ConvertRelativePathToFull(
			PluginFolder / TEXT("Binaries/ThirdParty/FastNet") / PlatformFolder);
		void* Library = FPlatformProcess::GetDllHandle(*Path);
		if (!Library)
		{
			return Fail(FString::Printf(
				TEXT("FastNet cannot load %s. Copy the plugin's whole folder of one release; in a packaged game, see whether ")
				TEXT("the file and fastnet_runtime beside it were staged (TROUBLESHOOTING.md)."),
				*Path));
		}
		if (const TCHAR* Missing = FillTable(Library))
		{
			return Fail(FString::Printf(
				TEXT("FastNet: %s has no %s. It is of another release than the plugin: copy the whole folder of one."), *Path,
				Missing));
		}
		if (Table.abi_check(FASTNET_ABI_REVISION, FASTNET_ABI_HASH) != FASTNET_OK)
		{
			return Fail(FString::Printf(TEXT("FastNet: %s"), UTF8_TO_TCHAR(Table.last_error())));
		}
		Problem() = FString();
		bLoaded = true;
		return true;
	}

	const FFastNetApi& Api()
	{
		return Table;
	}

	bool IsAvailable()
	{
		return bLoaded;
	}

	FString GetProblem()
	{
		return bLoaded ? FString() : Problem();
	}

	static FString LibrarysError()
	{
		return FString(UTF8_TO_TCHAR(Table.last_error()));
	}

	void SetLastError(const FString& Text)
	{
		OwnError.Text = Text;
		OwnError.LibrarysThen = LibrarysError();
	}

	FString GetLastError()
	{
		if (!bLoaded)
		{
			return Problem();
		}
		const FString Librarys = LibrarysError();
		return !OwnError.Text.IsEmpty() && OwnError.LibrarysThen == Librarys ? OwnError.Text : Librarys;
	}

	EFastNetResult NotOpen()
	{
		if (!bLoaded)
		{
			return EFastNetResult::Runtime;
		}
		SetLastError(TEXT("it is not open: connect the client, or start the server, first"));
		return EFastNetResult::InvalidHandle;
	}

	bool IsPort(int32 Port, const TCHAR* Name)
	{
		if (Port >= 0 && Port <= 65535)
		{
			return true;
		}
		SetLastError(FString::Printf(TEXT("%s is %d; a port is a number from 0 to 65535"), Name, Port));
		return false;
	}
}
