// See FastNetSettings.h.
#include "FastNetSettings.h"

FName UFastNetSettings::GetCategoryName() const
{
	return FName(TEXT("Plugins"));
}
