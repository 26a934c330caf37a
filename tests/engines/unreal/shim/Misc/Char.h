#pragma once
#include "CoreMinimal.h"

struct FChar
{
	static bool IsHexDigit(TCHAR C)
	{
		return (C >= u'0' && C <= u'9') || (C >= u'a' && C <= u'f') || (C >= u'A' && C <= u'F');
	}
};
