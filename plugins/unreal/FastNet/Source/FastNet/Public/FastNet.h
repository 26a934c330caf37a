// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate unreal
// Clients and servers for C++. Use an object on one thread, and poll it once a frame until Poll returns false.
#pragma once

#include "Containers/ArrayView.h"
#include "CoreMinimal.h"
#include "FastNetTypes.h"

struct FastNetClient_T;
struct FastNetServer_T;

/** How a call ended, or what class of cause ended a connection. */
enum class EFastNetResult : int32
{
	/** It worked. */
	Ok = 0,
	/** An argument is NULL, out of range or not UTF-8; the text names it. */
	InvalidArgument = -1,
	/** The operating system refused. */
	Io = -2,
	/** The connection is not there yet; wait for EFastNetEventType::Connected. */
	NotConnected = -3,
	/** The handle has ended or is of another kind. */
	InvalidHandle = -4,
	/** The struct's size is below that of revision 1, or its unknown tail is not zero. */
	StructSize = -5,
	/** A flag, mode, level or platform that this library does not know. */
	Unsupported = -6,
	/** A budget or ring is full; poll or wait, then try again. */
	WouldBlock = -7,
	/** A message or text is longer than agreed. */
	TooLarge = -8,
	/** Nothing happened in time. */
	Timeout = -9,
	/** The server said no. */
	Refused = -10,
	/** No such name. */
	Resolve = -11,
	/** Another program has the port. */
	AddressInUse = -12,
	/** The TLS handshake failed. */
	Tls = -13,
	/** A certificate is untrusted, of another name, out of date, or its file is unusable. */
	Certificate = -14,
	/** The rules were broken, or the peer is at fault. */
	Protocol = -15,
	/** No such peer: it never was, or it is gone. */
	UnknownPeer = -16,
	/** Another thread is in a call of its class, the log callback called, or it is too late for this setting. */
	Busy = -17,
	/** The connection or server is closed or closing. */
	Closed = -18,
	/** Memory is short, or more than 4,096 handles are open. */
	OutOfMemory = -19,
	/** The core is missing, damaged, not started or dead; the text says which and what helps. */
	Runtime = -20,
	/** Library and binding are of different builds. */
	AbiMismatch = -21,
	/** A wake function ended the wait. */
	Cancelled = -22,
	/** A fault of the library; it was logged. */
	Internal = -23,
	/** The server has all the peers it wants. */
	ServerFull = -24,
	/** TLS passed, UDP did not: a firewall is in the way. */
	UdpUnreachable = -25,
	/** The other side speaks another version of the protocol. */
	VersionMismatch = -26,
	/** Nobody answers at that address and port. */
	TcpUnreachable = -27,
	/** No such channel; there are four, 0 to 3. */
	NoChannel = -28,
};

/**
 * Why a connection ended.
 *
 * The codes of the protocol, section 10. 1000 to 1999 are the application's for a normal end, 2000 to 2999 for an
 * error.
 */
enum class EFastNetReason : uint32
{
	/** The application ended it. */
	Closed = 0,
	/** The server ends. */
	ShuttingDown = 1,
	/** Nothing came for too long. */
	IdleTimeout = 2,
	/** The handshake took too long. */
	HandshakeTimeout = 3,
	/** TLS passed, UDP did not. */
	UdpUnreachable = 4,
	/** Nobody answers there, or there is no such name (then the result is EFastNetResult::Resolve). */
	TcpUnreachable = 5,
	/** The TLS handshake failed. */
	TlsFailed = 6,
	/** The server's certificate is not to be trusted. */
	CertificateRejected = 7,
	/** No version of the protocol in common. */
	VersionMismatch = 8,
	/** The other side is another application. */
	AppMismatch = 9,
	/** The channel tables differ. */
	ChannelsMismatch = 10,
	/** The server has all the peers it wants. */
	ServerFull = 11,
	/** The server admits holders of tokens only. */
	TokenRequired = 12,
	/** The token is not one of the server's. */
	TokenInvalid = 13,
	/** The token is too old. */
	TokenExpired = 14,
	/** The token was used before. */
	TokenUsed = 15,
	/** The server said no. */
	Refused = 16,
	/** The server ended this peer. */
	Kicked = 17,
	/** The same user connected again. */
	Replaced = 18,
	/** The other side no longer knows the connection. */
	PeerReset = 20,
	/** A fault in the other side, or here if the result is EFastNetResult::Runtime. */
	InternalError = 21,
	/** A budget of memory was reached. */
	ResourceLimit = 22,
	/** The rules were broken. */
	ProtocolViolation = 30,
	/** A frame could not be read. */
	FrameInvalid = 31,
	/** More was sent than was allowed. */
	CreditExceeded = 32,
	/** A message is longer than agreed. */
	MessageTooLarge = 33,
	/** A message came on a channel that does not exist. */
	ChannelUnknown = 34,
	/** The keys were renewed against the rules. */
	KeyUpdateError = 35,
	/** Too many forged packets for one key. */
	AeadLimit = 36,
	/** A packet was acknowledged that was never sent. */
	AckInvalid = 37,
	/** No packet numbers are left. */
	NumbersExhausted = 38,
};

/** What an event reports. */
namespace EFastNetEventType
{
	// Numbers and not an enum class: a switch need not name them all, for others may follow.
	enum Type : uint8
	{
		/** Nothing; a poll that returned 0 leaves this. */
		None = 0,
		/** A peer is there. */
		Connected = 1,
		/** A message arrived. */
		Data = 2,
		/** A peer is gone, or the connection could not be made. */
		Disconnected = 3,
		/** The server itself failed; nothing follows. */
		Error = 4,
	};
}

/** What FFastNetClient::Poll and FFastNetServer::Poll report; the library fills all of it. */
struct FASTNET_API FFastNetEvent
{
	/** What happened. */
	uint8 Type = 0;

	/** The peer. On a client it is 1, but in CONNECTED the client's own number. */
	int32 PeerId = 0;

	/** DATA: the channel the message came on. */
	EFastNetChannel Channel = EFastNetChannel::ReliableOrdered;

	/** DISCONNECTED: 0 if orderly, else the class of the cause. ERROR: the cause. */
	EFastNetResult ErrorCode = EFastNetResult::Ok;

	/** DISCONNECTED: why it ended. */
	EFastNetReason Reason = EFastNetReason::Closed;

	/** DISCONNECTED: 1 if the other side ended it. */
	bool bByPeer = false;

	/** When it was seen, on the clock of FastNet::TimeUs. */
	uint64 TimestampUs = 0;

	/** DATA: the message. DISCONNECTED and ERROR: an explanation in UTF-8. 8-byte aligned. */
	TArray<uint8> Data;

	/** The data as text: an explanation, or a message that is text. */
	FString GetText() const;
};

namespace FastNet
{
	/** Whether the library was found and loaded; if not, GetProblem says why and what helps. */
	FASTNET_API bool IsAvailable();

	/** Why the library is not there; empty if it is. */
	FASTNET_API FString GetProblem();

	/** What went wrong in the latest failed call on this thread, and the remedy where there is one. */
	FASTNET_API FString GetLastError();

	/**
	 * The version of the library.
	 *
	 * Any thread, any time.
	 */
	FASTNET_API uint32 Version();

	/**
	 * The version of the library as text.
	 *
	 * Any thread, any time.
	 */
	FASTNET_API FString VersionString();

	/**
	 * The clock of FFastNetEvent::TimestampUs.
	 *
	 * Any thread, any time.
	 */
	FASTNET_API uint64 TimeUs();

	/**
	 * The name of a result code.
	 *
	 * Any thread, any time.
	 */
	FASTNET_API FString ResultName(EFastNetResult Result);

	/**
	 * The name of the reason for which a connection ended.
	 *
	 * Any thread, any time.
	 */
	FASTNET_API FString ReasonName(EFastNetReason Reason);

	/**
	 * The result of this thread's latest failed call; success leaves it.
	 *
	 * Any thread, any time.
	 */
	FASTNET_API EFastNetResult LastResult();
}

/** One connection to a server. */
class FASTNET_API FFastNetClient
{
public:
	FFastNetClient() = default;
	~FFastNetClient();
	FFastNetClient(FFastNetClient&& Other) noexcept;
	FFastNetClient& operator=(FFastNetClient&& Other) noexcept;
	FFastNetClient(const FFastNetClient&) = delete;
	FFastNetClient& operator=(const FFastNetClient&) = delete;

	/** Whether there is something to poll. */
	bool IsOpen() const { return Handle != nullptr; }

	/** Ends it with a goodbye. Nothing happens if it is not open. */
	void Disconnect();

	/**
	 * Connect with default settings, and wait until it is done.
	 *
	 * Blocks for up to 15 seconds. The event CONNECTED is queued, so the first poll shows it.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::Io, EFastNetResult::Timeout,
	 * EFastNetResult::Refused, EFastNetResult::Resolve, EFastNetResult::Tls, EFastNetResult::Certificate,
	 * EFastNetResult::Protocol, EFastNetResult::Busy, EFastNetResult::OutOfMemory, EFastNetResult::Runtime,
	 * EFastNetResult::ServerFull, EFastNetResult::UdpUnreachable, EFastNetResult::VersionMismatch,
	 * EFastNetResult::TcpUnreachable.
	 */
	bool Connect(const FString& Host, int32 Port);
	bool Connect(const ANSICHAR* Host, int32 Port) { return Connect(FString(UTF8_TO_TCHAR(Host)), Port); }

	/**
	 * Begin to connect, without waiting.
	 *
	 * Returns in under a millisecond, even if the core has yet to start. Then comes one CONNECTED, or one DISCONNECTED
	 * with reason and text.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::StructSize,
	 * EFastNetResult::Unsupported, EFastNetResult::WouldBlock, EFastNetResult::TooLarge, EFastNetResult::Busy,
	 * EFastNetResult::OutOfMemory, EFastNetResult::Runtime.
	 */
	EFastNetResult Open(const FFastNetClientOptions& Options);

	/**
	 * Say goodbye with a code; the handle stays and DISCONNECTED follows.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::WouldBlock, EFastNetResult::TooLarge, EFastNetResult::Busy, EFastNetResult::Closed,
	 * EFastNetResult::Runtime.
	 */
	EFastNetResult Close(uint32 CloseCode, const FString& Message = FString());

	/**
	 * Take the next event.
	 *
	 * Never blocks. What was queued when the drain began is handed out, then 0 comes once, so `while (poll)` ends even
	 * under a flood. The event's data lives until the next poll of this handle.
	 *
	 * One thread at a time per handle. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	bool Poll(FFastNetEvent& OutEvent);

	/**
	 * Wait until FFastNetClient::Poll has an event.
	 *
	 * One thread at a time per handle. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Timeout, EFastNetResult::Busy, EFastNetResult::Closed, EFastNetResult::Runtime,
	 * EFastNetResult::Cancelled.
	 */
	EFastNetResult Wait(uint32 TimeoutMs);

	/**
	 * End the present or the next wait.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	EFastNetResult Wake();

	/**
	 * Queue one message for the server.
	 *
	 * The bytes are copied before the call returns. FastNetChannel says what delivery is promised.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::NotConnected,
	 * EFastNetResult::InvalidHandle, EFastNetResult::WouldBlock, EFastNetResult::TooLarge, EFastNetResult::Busy,
	 * EFastNetResult::Closed, EFastNetResult::Runtime, EFastNetResult::NoChannel.
	 */
	EFastNetResult Send(EFastNetChannel Channel, TArrayView<const uint8> Data);

	/**
	 * Send now what waits.
	 *
	 * Needed under EFastNetClientFlags::ManualFlush, and useful under EFastNetIdlePolicy::Tick.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	EFastNetResult Flush();

	/**
	 * Where the connection is in its life.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	EFastNetState State() const;

	/**
	 * The number that the server gave to this client.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	int32 PeerId() const;

	/**
	 * The smoothed round trip.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	uint64 RttUs() const;

	/**
	 * The longest message that a channel takes, as agreed with the server.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Busy, EFastNetResult::Runtime, EFastNetResult::NoChannel.
	 */
	uint32 MaxMessage(EFastNetChannel Channel) const;

	/**
	 * The counters of the connection, at most one turn old.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::StructSize, EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	EFastNetResult Stats(FFastNetStats& OutStats) const;

private:
	FastNetClient_T* Handle = nullptr;
};

/** One listening server. */
class FASTNET_API FFastNetServer
{
public:
	FFastNetServer() = default;
	~FFastNetServer();
	FFastNetServer(FFastNetServer&& Other) noexcept;
	FFastNetServer& operator=(FFastNetServer&& Other) noexcept;
	FFastNetServer(const FFastNetServer&) = delete;
	FFastNetServer& operator=(const FFastNetServer&) = delete;

	/** Whether there is something to poll. */
	bool IsOpen() const { return Handle != nullptr; }

	/** Ends it with a goodbye. Nothing happens if it is not open. */
	void Destroy();

	/**
	 * Listen with default settings.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::Io, EFastNetResult::WouldBlock,
	 * EFastNetResult::Timeout, EFastNetResult::AddressInUse, EFastNetResult::Certificate, EFastNetResult::Busy,
	 * EFastNetResult::OutOfMemory, EFastNetResult::Runtime.
	 */
	bool Create(int32 UdpPort, int32 TcpPort, const FString& CertPath = FString(), const FString& KeyPath = FString());

	/**
	 * Listen.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::Io, EFastNetResult::StructSize,
	 * EFastNetResult::Unsupported, EFastNetResult::WouldBlock, EFastNetResult::TooLarge, EFastNetResult::Timeout,
	 * EFastNetResult::AddressInUse, EFastNetResult::Certificate, EFastNetResult::Busy, EFastNetResult::OutOfMemory,
	 * EFastNetResult::Runtime.
	 */
	EFastNetResult Open(const FFastNetServerOptions& Options);

	/**
	 * Take the next event.
	 *
	 * Never blocks. What was queued when the drain began is handed out, then 0 comes once, so `while (poll)` ends even
	 * under a flood. The event's data lives until the next poll of this handle. Per peer come CONNECTED, any number of
	 * DATA, and DISCONNECTED; the peer's getters answer until the latter is released.
	 *
	 * One thread at a time per handle. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	bool Poll(FFastNetEvent& OutEvent);

	/**
	 * Wait until FFastNetServer::Poll has an event.
	 *
	 * One thread at a time per handle. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Timeout, EFastNetResult::Busy, EFastNetResult::Closed, EFastNetResult::Runtime,
	 * EFastNetResult::Cancelled.
	 */
	EFastNetResult Wait(uint32 TimeoutMs);

	/**
	 * End the present or the next wait.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	EFastNetResult Wake();

	/**
	 * Send now what waits.
	 *
	 * Needed under EFastNetServerFlags::ManualFlush, and useful under EFastNetIdlePolicy::Tick.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	EFastNetResult Flush();

	/**
	 * Queue one message for a peer.
	 *
	 * The bytes are copied before the call returns. FastNetChannel says what delivery is promised.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::NotConnected,
	 * EFastNetResult::InvalidHandle, EFastNetResult::WouldBlock, EFastNetResult::TooLarge, EFastNetResult::UnknownPeer,
	 * EFastNetResult::Busy, EFastNetResult::Closed, EFastNetResult::Runtime, EFastNetResult::NoChannel.
	 */
	EFastNetResult Send(int32 PeerId, EFastNetChannel Channel, TArrayView<const uint8> Data);

	/**
	 * Queue one message for all peers.
	 *
	 * On a reliable channel either all peers get it or none, and then the result is EFastNetResult::WouldBlock.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::WouldBlock, EFastNetResult::TooLarge, EFastNetResult::Busy, EFastNetResult::Closed,
	 * EFastNetResult::Runtime, EFastNetResult::NoChannel.
	 */
	EFastNetResult Broadcast(int32 Except, EFastNetChannel Channel, TArrayView<const uint8> Data);

	/**
	 * End one peer, without linger.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::WouldBlock, EFastNetResult::TooLarge, EFastNetResult::UnknownPeer, EFastNetResult::Busy,
	 * EFastNetResult::Closed, EFastNetResult::Runtime.
	 */
	EFastNetResult DisconnectPeer(int32 PeerId, uint32 CloseCode, const FString& Message = FString());

	/**
	 * How many peers are connected now.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	uint32 PeerCount() const;

	/**
	 * The peers that are connected now, in ascending order.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	TArray<int32> Peers() const;

	/**
	 * Where a peer is in its life.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::UnknownPeer, EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	EFastNetState PeerState(int32 PeerId) const;

	/**
	 * Where a peer sends from.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::UnknownPeer, EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	FString PeerAddress(int32 PeerId) const;

	/**
	 * The smoothed round trip to a peer.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::UnknownPeer, EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	uint64 PeerRttUs(int32 PeerId) const;

	/**
	 * The counters of one peer, at most one turn old.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::StructSize, EFastNetResult::UnknownPeer, EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	EFastNetResult PeerStats(int32 PeerId, FFastNetStats& OutStats) const;

	/**
	 * The longest message that a channel takes, as agreed with a peer.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::UnknownPeer, EFastNetResult::Busy, EFastNetResult::Runtime, EFastNetResult::NoChannel.
	 */
	uint32 MaxMessage(int32 PeerId, EFastNetChannel Channel) const;

	/**
	 * The sums over all peers; the round trip fields are 0.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::StructSize, EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	EFastNetResult Stats(FFastNetStats& OutStats) const;

	/**
	 * The port for messages, the real one after asking for port 0.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	uint16 UdpPort() const;

	/**
	 * The port for handshakes, the real one after asking for port 0.
	 *
	 * Any thread, any time. Fails with EFastNetResult::InvalidArgument, EFastNetResult::InvalidHandle,
	 * EFastNetResult::Busy, EFastNetResult::Runtime.
	 */
	uint16 TcpPort() const;

private:
	FastNetServer_T* Handle = nullptr;
};
