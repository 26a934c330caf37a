// What the event offers beyond its fields, which FastNet.gen.cpp fills.
#include "FastNet.h"
#include "FastNetMarshal.h"

FString FFastNetEvent::GetText() const
{
	return FastNet::FromUtf8(Data);
}
