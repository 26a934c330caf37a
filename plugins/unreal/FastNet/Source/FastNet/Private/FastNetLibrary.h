// The C library: loaded once by its full path, and then a table of functions. Never unloaded: handles that a game keeps
// for too long then get an error code instead of a jump into nothing.
#pragma once

#include "CoreMinimal.h"
#include "FastNet.h"
#include "FastNetApi.gen.h"

DECLARE_LOG_CATEGORY_EXTERN(LogFastNet, Log, All);

namespace FastNet
{
	/** Loads the library that lies below the plugin's folder, once. False, with a line in the log, if that fails. */
	bool Load(const FString& PluginFolder);

	/** The functions of the library; only after IsAvailable said yes. */
	const FFastNetApi& Api();

	/** Makes this the text of GetLastError, until a function of the library fails after it. */
	void SetLastError(const FString& Text);

	/** What a call on a client or server that is not open returns, with a text for GetLastError. */
	EFastNetResult NotOpen();

	/** Whether a number is a port; if not, the error's text names the parameter. */
	bool IsPort(int32 Port, const TCHAR* Name);
}
