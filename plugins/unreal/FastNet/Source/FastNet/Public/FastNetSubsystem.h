// FastNet for a game instance: one client, one server, or both, polled once a frame. For Blueprints and C++; on the
// game thread only. Each game instance of play-in-editor has its own.
#pragma once

#include "Containers/Ticker.h"
#include "CoreMinimal.h"
#include "FastNet.h"
#include "Subsystems/GameInstanceSubsystem.h"
#include "FastNetSubsystem.generated.h"

DECLARE_DYNAMIC_MULTICAST_DELEGATE_OneParam(FFastNetConnected, int32, PeerId);
DECLARE_DYNAMIC_MULTICAST_DELEGATE_TwoParams(FFastNetData, EFastNetChannel, Channel, const TArray<uint8>&, Data);
DECLARE_DYNAMIC_MULTICAST_DELEGATE_TwoParams(FFastNetDisconnected, int32, Reason, const FString&, Text);
DECLARE_DYNAMIC_MULTICAST_DELEGATE_ThreeParams(
	FFastNetPeerData, int32, PeerId, EFastNetChannel, Channel, const TArray<uint8>&, Data);
DECLARE_DYNAMIC_MULTICAST_DELEGATE_ThreeParams(
	FFastNetPeerDisconnected, int32, PeerId, int32, Reason, const FString&, Text);
DECLARE_DYNAMIC_MULTICAST_DELEGATE_OneParam(FFastNetServerFailed, const FString&, Text);

UCLASS()
class FASTNET_API UFastNetSubsystem : public UGameInstanceSubsystem
{
	GENERATED_BODY()

public:
	virtual void Initialize(FSubsystemCollectionBase& Collection) override;
	virtual void Deinitialize() override;

	/** Begins to connect with the project's settings. OnConnected or OnDisconnected follows. False: see GetLastError. */
	UFUNCTION(BlueprintCallable, Category = "FastNet|Client")
	bool Connect(const FString& Host, int32 Port);

	/** Begins to connect with options of its own. OnConnected or OnDisconnected follows. False: see GetLastError. */
	UFUNCTION(BlueprintCallable, Category = "FastNet|Client")
	bool ConnectWithOptions(const FFastNetClientOptions& Options);

	/** Sends one message to the server. False: see GetLastError; if the queue is full, try again in the next frame. */
	UFUNCTION(BlueprintCallable, Category = "FastNet|Client")
	bool Send(EFastNetChannel Channel, const TArray<uint8>& Data);

	/** Ends the connection with a goodbye, at once: no event follows. */
	UFUNCTION(BlueprintCallable, Category = "FastNet|Client")
	void Disconnect();

	/** Where the connection is in its life. */
	UFUNCTION(BlueprintPure, Category = "FastNet|Client")
	EFastNetState GetState() const;

	/** The round trip to the server in milliseconds; 0 before it was measured. */
	UFUNCTION(BlueprintPure, Category = "FastNet|Client")
	float GetRoundTripMs() const;

	/** The connection's counters. False if there is none. */
	UFUNCTION(BlueprintCallable, Category = "FastNet|Client")
	bool GetStats(FFastNetStats& Stats) const;

	/** Listens with the project's settings on these ports; 0 is any free port. False: see GetLastError. */
	UFUNCTION(BlueprintCallable, Category = "FastNet|Server")
	bool StartServer(int32 UdpPort, int32 TcpPort);

	/** Listens with options of its own. False: see GetLastError. */
	UFUNCTION(BlueprintCallable, Category = "FastNet|Server")
	bool StartServerWithOptions(const FFastNetServerOptions& Options);

	/** Ends the server; its peers are told. */
	UFUNCTION(BlueprintCallable, Category = "FastNet|Server")
	void StopServer();

	/** Whether there is a server. */
	UFUNCTION(BlueprintPure, Category = "FastNet|Server")
	bool IsServerRunning() const;

	/** The TCP port that clients connect to; 0 without a server. */
	UFUNCTION(BlueprintPure, Category = "FastNet|Server")
	int32 GetServerPort() const;

	/** Sends one message to one peer. False: see GetLastError. */
	UFUNCTION(BlueprintCallable, Category = "FastNet|Server")
	bool SendToPeer(int32 PeerId, EFastNetChannel Channel, const TArray<uint8>& Data);

	/** Sends one message to every peer but one; with 0 to all. False: see GetLastError. */
	UFUNCTION(BlueprintCallable, Category = "FastNet|Server")
	bool Broadcast(EFastNetChannel Channel, const TArray<uint8>& Data, int32 ExceptPeerId = 0);

	/** Ends one peer's connection and tells it why; OnPeerDisconnected follows. */
	UFUNCTION(BlueprintCallable, Category = "FastNet|Server")
	bool KickPeer(int32 PeerId, const FString& Text);

	/** The peers that are connected. */
	UFUNCTION(BlueprintPure, Category = "FastNet|Server")
	TArray<int32> GetPeers() const;

	/** A peer's address, as "[::1]:50000"; empty if there is no such peer. */
	UFUNCTION(BlueprintPure, Category = "FastNet|Server")
	FString GetPeerAddress(int32 PeerId) const;

	/** One peer's counters. False if there is no such peer. */
	UFUNCTION(BlueprintCallable, Category = "FastNet|Server")
	bool GetPeerStats(int32 PeerId, FFastNetStats& Stats) const;

	/** What went wrong in the latest call that returned false, and the remedy where there is one. */
	UFUNCTION(BlueprintPure, Category = "FastNet")
	static FString GetLastError();

	/** Text as bytes, to send it. */
	UFUNCTION(BlueprintPure, Category = "FastNet")
	static TArray<uint8> TextToBytes(const FString& Text);

	/** Bytes that arrived, as text. */
	UFUNCTION(BlueprintPure, Category = "FastNet")
	static FString BytesToText(const TArray<uint8>& Data);

	/** Our connection is there; the number is the server's for us. */
	UPROPERTY(BlueprintAssignable, Category = "FastNet|Client")
	FFastNetConnected OnConnected;

	/** A message from the server. */
	UPROPERTY(BlueprintAssignable, Category = "FastNet|Client")
	FFastNetData OnData;

	/** Our connection is gone, or could not be made; the text says why. */
	UPROPERTY(BlueprintAssignable, Category = "FastNet|Client")
	FFastNetDisconnected OnDisconnected;

	/** A peer connected to our server. */
	UPROPERTY(BlueprintAssignable, Category = "FastNet|Server")
	FFastNetConnected OnPeerConnected;

	/** A message from a peer. */
	UPROPERTY(BlueprintAssignable, Category = "FastNet|Server")
	FFastNetPeerData OnPeerData;

	/** A peer is gone. */
	UPROPERTY(BlueprintAssignable, Category = "FastNet|Server")
	FFastNetPeerDisconnected OnPeerDisconnected;

	/** The server itself failed and has ended. */
	UPROPERTY(BlueprintAssignable, Category = "FastNet|Server")
	FFastNetServerFailed OnServerFailed;

private:
	bool Tick(float DeltaSeconds);
	void PollClient();
	void PollServer();
	void HandleClientEvent();
	void HandleServerEvent();

	FTSTicker::FDelegateHandle TickHandle;
	FFastNetClient Client;
	FFastNetServer Server;
	// Used again by every event, so that a message costs no allocation.
	FFastNetEvent Event;
	bool bPolling = false;
};
