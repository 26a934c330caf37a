#pragma once

inline bool bShimCommandlet = false;

inline bool IsRunningCommandlet()
{
	return bShimCommandlet;
}
