// Automation specs: Session Frontend, Automation, FastNet. A server and a client in one process, over loopback with
// this machine's development certificate (`fastnet cert` makes it).
#include "FastNet.h"
#include "HAL/PlatformTime.h"
#include "Misc/AutomationTest.h"

#if WITH_AUTOMATION_TESTS

BEGIN_DEFINE_SPEC(FFastNetSpec, "FastNet", EAutomationTestFlags::EditorContext | EAutomationTestFlags::EngineFilter)
	FFastNetServer Server;
	FFastNetClient Client;
	bool Await(TFunctionRef<bool()> IsDone);
	bool Meet();
END_DEFINE_SPEC(FFastNetSpec)

bool FFastNetSpec::Await(TFunctionRef<bool()> IsDone)
{
	const double End = FPlatformTime::Seconds() + 10.0;
	while (!IsDone())
	{
		Client.Wait(5);
		if (FPlatformTime::Seconds() > End)
		{
			return false;
		}
	}
	return true;
}

bool FFastNetSpec::Meet()
{
	return Server.Create(0, 0) && Client.Connect("localhost", Server.TcpPort());
}

void FFastNetSpec::Define()
{
	Describe("The library", [this]()
	{
		It("should be found beside the plugin", [this]()
		{
			TestTrue(FastNet::GetProblem(), FastNet::IsAvailable());
		});
	});

	Describe("A client", [this]()
	{
		It("should be echoed on every channel", [this]()
		{
			if (!TestTrue(TEXT("connected"), Meet()))
			{
				AddError(FastNet::GetLastError());
				return;
			}
			int32 Echoes = 0;
			for (uint8 Channel = 0; Channel < 4; ++Channel)
			{
				const TArray<uint8> Data = {Channel, 1, 2};
				TestTrue(TEXT("sent"), Client.Send(static_cast<EFastNetChannel>(Channel), Data) == EFastNetResult::Ok);
			}
			FFastNetEvent Event;
			TestTrue(TEXT("four echoes"), Await([&]()
			{
				while (Server.Poll(Event))
				{
					if (Event.Type == EFastNetEventType::Data)
					{
						Server.Send(Event.PeerId, Event.Channel, Event.Data);
					}
				}
				while (Client.Poll(Event))
				{
					Echoes += Event.Type == EFastNetEventType::Data ? 1 : 0;
				}
				return Echoes == 4;
			}));
		});

		It("should be refused, with a reason, where nobody listens", [this]()
		{
			TestFalse(TEXT("connected"), Client.Connect("127.0.0.1", 1));
			TestFalse(TEXT("a reason"), FastNet::GetLastError().IsEmpty());
		});

		AfterEach([this]()
		{
			Client.Disconnect();
			Server.Destroy();
		});
	});
}

#endif
