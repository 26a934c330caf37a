// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate unreal
// What Blueprints and C++ share: enumerations, options, figures.
#pragma once

#include "CoreMinimal.h"
#include "FastNetTypes.generated.h"

/** What a message is promised. */
UENUM(BlueprintType)
enum class EFastNetChannel : uint8
{
	/** Every message once, in the order of sending. */
	ReliableOrdered = 0,
	/** May be lost or reordered, never doubled. */
	Unreliable = 1,
	/** Every message once, as soon as it arrives. */
	ReliableUnordered = 2,
	/** Only the newest; an older one that comes late is dropped. */
	Sequenced = 3,
};

/** Where a connection is in its life. */
UENUM(BlueprintType)
enum class EFastNetState : uint8
{
	/** Ended, or never was. */
	Closed = 0,
	/** The handshake is under way. */
	Connecting = 1,
	/** Messages travel. */
	Connected = 2,
	/** The goodbye is under way. */
	Closing = 3,
};

/** How much the log tells; each level includes those before it. */
UENUM(BlueprintType)
enum class EFastNetLogLevel : uint8
{
	/** Nothing. */
	Off = 0,
	/** What failed. */
	Error = 1,
	/** What is dangerous or about to fail. */
	Warn = 2,
	/** Connections that come and go. */
	Info = 3,
	/** What helps to understand a fault. */
	Debug = 4,
	/** Everything; slow. */
	Trace = 5,
};

/** Who does the work of the network. */
UENUM(BlueprintType)
enum class EFastNetIoMode : uint8
{
	/** One network thread per process; acknowledgements go on while a game loads a level. */
	Threaded = 0,
	/**
	 * The caller: poll, send, wait, flush, open, close and the end of the handle do the work, all on one thread at a
	 * time.
	 */
	Pumped = 1,
};

/** How the network thread waits, by the most eager policy among live handles; a pumped handle waits by its own. */
UENUM(BlueprintType)
enum class EFastNetIdlePolicy : uint8
{
	/** Sleep in the kernel until something happens. */
	Sleep = 0,
	/** Look every `tick_us`; sending then never pays for a wake-up. */
	Tick = 1,
	/** Stay awake for `spin_ns` after the last activity; the lowest latency for a whole core. */
	Spin = 2,
};

/** Counters since the connection or server began. */
USTRUCT(BlueprintType)
struct FASTNET_API FFastNetStats
{
	GENERATED_BODY()

	/** Smoothed round trip. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 RttUs = 0;

	/** Shortest round trip. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 RttMinUs = 0;

	/** How much round trips vary. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 RttVarUs = 0;

	/** Accepted and not yet acknowledged or sent. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 SendQueueBytes = 0;

	/** Received and not yet polled. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 RecvQueueBytes = 0;

	/** Time since the connection or server began. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 UptimeUs = 0;

	/** Payload of UDP datagrams sent. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 BytesSent = 0;

	/** Payload of UDP datagrams accepted. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 BytesReceived = 0;

	/** Datagrams sent. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 PacketsSent = 0;

	/** Datagrams accepted. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 PacketsReceived = 0;

	/** Datagrams sent and taken for lost. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 PacketsLost = 0;

	/** Datagrams refused on arrival: forged, replayed, malformed, unknown. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 PacketsDropped = 0;

	/** Pieces of reliable messages sent again. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 Retransmissions = 0;

	/** Messages sent. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 MessagesSent = 0;

	/** Messages received. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 MessagesReceived = 0;

	/** Messages of unreliable kinds given up: superseded, incomplete, or over budget. */
	UPROPERTY(BlueprintReadOnly, Category = "FastNet")
	int64 MessagesDropped = 0;
};

/**
 * What FFastNetClient::Open needs to know.
 *
 * 0 is the default. -1 stands for none, or for ever, where that is offered.
 */
USTRUCT(BlueprintType)
struct FASTNET_API FFastNetClientOptions
{
	GENERATED_BODY()

	/** Who does the work of the network. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	EFastNetIoMode IoMode = EFastNetIoMode::Threaded;

	/** How the network thread waits. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	EFastNetIdlePolicy IdlePolicy = EFastNetIdlePolicy::Sleep;

	/** EFastNetIdlePolicy::Tick: time between two looks. 0 means 1,000. 1 to 1,000,000. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 TickUs = 0;

	/**
	 * EFastNetIdlePolicy::Spin: how long to stay awake after the last activity; none is for ever. 0 means 50,000. -1
	 * means none.
	 */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 SpinNs = 0;

	/** For name, TCP, TLS and UDP together. 0 means 15,000. 100 to 600,000. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 OpenTimeoutMs = 0;

	/** Silence that ends the connection; none for debuggers. 0 means 10,000. -1 means none. 1,000 to 3,600,000. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 IdleTimeoutMs = 0;

	/**
	 * Silence after which to say that we are there; at most a third of the idle timeout. 0 means 1,000. 100 to 60,000.
	 */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 KeepaliveMs = 0;

	/**
	 * How long the end of the handle waits for reliable messages to arrive. 0 means 500. -1 means none. At most 30,000.
	 */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 LingerMs = 0;

	/** Longest message accepted on a reliable channel. 0 means 1,048,576. At most 16,777,216. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 MaxReliableMessage = 0;

	/** Longest message accepted on the other channels. 0 means 16,384. At most 65,536. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 MaxUnreliableMessage = 0;

	/** Budget of each reliable channel, unacknowledged messages included. 0 means 2,097,152. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 SendQueueBytes = 0;

	/** Room between game and network thread each way. 0 means 262,144. 4,096 to 1,073,741,824. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 RingBytes = 0;

	/** The server's TCP port; the handshake tells the UDP port. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 Port = 0;

	/** Must equal the server's. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int64 AppId = 0;

	/** Name or literal address, IPv6 without brackets. 1 to 253 bytes. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	FString Host;

	/** The name that the certificate must have; the default is the host. Empty means the default. At most 253 bytes. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	FString ServerName;

	/** A PEM file with the only roots to trust. Empty means the default. At most 4,095 bytes. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	FString CaPath;

	/** The same from memory. May be empty. At most 1,048,576 bytes. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	FString CaPem;

	/** SHA-256 of each public key that is accepted, whatever name and dates say. May be empty. At most 4,096. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	TArray<FString> Pins;

	/** For the server to decide about. May be empty. At most 1,024 bytes. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	TArray<uint8> Token;

	/** Trust anyone. Whoever sits between can read and change everything; logged at each open. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	bool bDangerAcceptAnyCertificate = false;

	/** Do not trust this machine's development certificates for loopback addresses. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	bool bNoDevCa = false;

	/** Messages wait for FFastNetClient::Flush and share datagrams. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	bool bManualFlush = false;
};

/**
 * What FFastNetServer::Open needs to know.
 *
 * 0 is the default. -1 stands for none, or for ever, where that is offered.
 */
USTRUCT(BlueprintType)
struct FASTNET_API FFastNetServerOptions
{
	GENERATED_BODY()

	/** Who does the work of the network. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	EFastNetIoMode IoMode = EFastNetIoMode::Threaded;

	/** How the network thread waits. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	EFastNetIdlePolicy IdlePolicy = EFastNetIdlePolicy::Sleep;

	/** EFastNetIdlePolicy::Tick: time between two looks. 0 means 1,000. 1 to 1,000,000. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 TickUs = 0;

	/**
	 * EFastNetIdlePolicy::Spin: how long to stay awake after the last activity; none is for ever. 0 means 50,000. -1
	 * means none.
	 */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 SpinNs = 0;

	/** Most peers at a time. 0 means 1,024. At most 65,535. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 PeersMax = 0;

	/** How long a handshake may take. 0 means 10,000. 100 to 60,000. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 HandshakeTimeoutMs = 0;

	/** Silence that ends a connection; none for debuggers. 0 means 10,000. -1 means none. 1,000 to 3,600,000. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 IdleTimeoutMs = 0;

	/**
	 * Silence after which to say that we are there; at most a third of the idle timeout. 0 means 1,000. 100 to 60,000.
	 */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 KeepaliveMs = 0;

	/**
	 * How long the end of the handle waits for reliable messages to arrive. 0 means 500. -1 means none. At most 30,000.
	 */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 LingerMs = 0;

	/** Longest message accepted on a reliable channel. 0 means 1,048,576. At most 16,777,216. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 MaxReliableMessage = 0;

	/** Longest message accepted on the other channels. 0 means 16,384. At most 65,536. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 MaxUnreliableMessage = 0;

	/** Budget of each reliable channel of each peer, unacknowledged messages included. 0 means 2,097,152. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 SendQueueBytes = 0;

	/**
	 * Room between game and network thread each way, for all peers together. 0 means 4,194,304. 4,096 to 1,073,741,824.
	 */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 RingBytes = 0;

	/** Port for messages; 0 is any free one. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 UdpPort = 0;

	/** Port for handshakes; 0 is any free one. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int32 TcpPort = 0;

	/** Must equal the clients'. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	int64 AppId = 0;

	/** A literal address; the default is all interfaces, IPv6 and IPv4. Empty means the default. At most 253 bytes. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	FString BindAddress;

	/**
	 * A PEM file with the certificate and its chain. Without file and memory, this machine's development certificate
	 * serves. Empty means the default. At most 4,095 bytes.
	 */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	FString CertPath;

	/** A PEM file with the private key. Empty means the default. At most 4,095 bytes. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	FString KeyPath;

	/** Certificate and chain from memory. May be empty. At most 1,048,576 bytes. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	FString CertPem;

	/** The private key from memory. May be empty. At most 1,048,576 bytes. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	FString KeyPem;

	/** Messages wait for FFastNetServer::Flush and share datagrams. */
	UPROPERTY(EditAnywhere, BlueprintReadWrite, Category = "FastNet")
	bool bManualFlush = false;
};
