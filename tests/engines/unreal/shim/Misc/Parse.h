#pragma once
#include "CoreMinimal.h"

struct FParse
{
	static int32 HexDigit(TCHAR C) { return C <= u'9' ? C - u'0' : (C | 32) - u'a' + 10; }
};
