// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate unreal
#include "FastNet.h"

#include "FastNetApi.gen.h"
#include "FastNetLibrary.h"
#include "FastNetMarshal.h"

namespace FastNet
{
	static void FromC(const FastNetEvent& Raw, FFastNetEvent& Out)
	{
		Out.Type = static_cast<decltype(Out.Type)>(Raw.type);
		Out.PeerId = static_cast<decltype(Out.PeerId)>(Raw.peer_id);
		Out.Channel = static_cast<decltype(Out.Channel)>(Raw.channel);
		Out.ErrorCode = static_cast<decltype(Out.ErrorCode)>(Raw.error_code);
		Out.Reason = static_cast<decltype(Out.Reason)>(Raw.reason);
		Out.bByPeer = Raw.by_peer != 0;
		Out.TimestampUs = static_cast<decltype(Out.TimestampUs)>(Raw.timestamp_us);
		Out.Data.Reset();
		Out.Data.Append(Raw.data, static_cast<int32>(Raw.data_len));
	}

	static void FromC(const FastNetStats& Raw, FFastNetStats& Out)
	{
		Out.RttUs = static_cast<decltype(Out.RttUs)>(Raw.rtt_us);
		Out.RttMinUs = static_cast<decltype(Out.RttMinUs)>(Raw.rtt_min_us);
		Out.RttVarUs = static_cast<decltype(Out.RttVarUs)>(Raw.rtt_var_us);
		Out.SendQueueBytes = static_cast<decltype(Out.SendQueueBytes)>(Raw.send_queue_bytes);
		Out.RecvQueueBytes = static_cast<decltype(Out.RecvQueueBytes)>(Raw.recv_queue_bytes);
		Out.UptimeUs = static_cast<decltype(Out.UptimeUs)>(Raw.uptime_us);
		Out.BytesSent = static_cast<decltype(Out.BytesSent)>(Raw.bytes_sent);
		Out.BytesReceived = static_cast<decltype(Out.BytesReceived)>(Raw.bytes_received);
		Out.PacketsSent = static_cast<decltype(Out.PacketsSent)>(Raw.packets_sent);
		Out.PacketsReceived = static_cast<decltype(Out.PacketsReceived)>(Raw.packets_received);
		Out.PacketsLost = static_cast<decltype(Out.PacketsLost)>(Raw.packets_lost);
		Out.PacketsDropped = static_cast<decltype(Out.PacketsDropped)>(Raw.packets_dropped);
		Out.Retransmissions = static_cast<decltype(Out.Retransmissions)>(Raw.retransmissions);
		Out.MessagesSent = static_cast<decltype(Out.MessagesSent)>(Raw.messages_sent);
		Out.MessagesReceived = static_cast<decltype(Out.MessagesReceived)>(Raw.messages_received);
		Out.MessagesDropped = static_cast<decltype(Out.MessagesDropped)>(Raw.messages_dropped);
	}

	// False, with a text for GetLastError, if a field cannot be handed on.
	static bool ToC(const FFastNetClientOptions& Options, FMarshal& Marshal, FastNetClientConfig& Raw)
	{
		Api().client_config_init(&Raw, static_cast<uint32>(sizeof(Raw)));
		Raw.flags |= Options.bDangerAcceptAnyCertificate ? static_cast<uint32>(FASTNET_CLIENT_DANGER_ACCEPT_ANY_CERTIFICATE) : 0u;
		Raw.flags |= Options.bNoDevCa ? static_cast<uint32>(FASTNET_CLIENT_NO_DEV_CA) : 0u;
		Raw.flags |= Options.bManualFlush ? static_cast<uint32>(FASTNET_CLIENT_MANUAL_FLUSH) : 0u;
		Raw.io_mode = static_cast<decltype(Raw.io_mode)>(Options.IoMode);
		Raw.idle_policy = static_cast<decltype(Raw.idle_policy)>(Options.IdlePolicy);
		Raw.tick_us = static_cast<decltype(Raw.tick_us)>(Options.TickUs);
		Raw.spin_ns = static_cast<decltype(Raw.spin_ns)>(Options.SpinNs);
		Raw.open_timeout_ms = static_cast<decltype(Raw.open_timeout_ms)>(Options.OpenTimeoutMs);
		Raw.idle_timeout_ms = static_cast<decltype(Raw.idle_timeout_ms)>(Options.IdleTimeoutMs);
		Raw.keepalive_ms = static_cast<decltype(Raw.keepalive_ms)>(Options.KeepaliveMs);
		Raw.linger_ms = static_cast<decltype(Raw.linger_ms)>(Options.LingerMs);
		Raw.max_reliable_message = static_cast<decltype(Raw.max_reliable_message)>(Options.MaxReliableMessage);
		Raw.max_unreliable_message = static_cast<decltype(Raw.max_unreliable_message)>(Options.MaxUnreliableMessage);
		Raw.send_queue_bytes = static_cast<decltype(Raw.send_queue_bytes)>(Options.SendQueueBytes);
		Raw.ring_bytes = static_cast<decltype(Raw.ring_bytes)>(Options.RingBytes);
		Raw.port = Marshal.Port(Options.Port, TEXT("Port"));
		Raw.app_id = static_cast<decltype(Raw.app_id)>(Options.AppId);
		Raw.host = Marshal.Text(Options.Host);
		Raw.server_name = Marshal.Text(Options.ServerName);
		Raw.ca_path = Marshal.Text(Options.CaPath);
		Raw.ca_pem = Marshal.Pem(Options.CaPem, Raw.ca_pem_len);
		Raw.pins = Marshal.Pins(Options.Pins, Raw.pin_count);
		Raw.token = Marshal.Bytes(Options.Token, Raw.token_len);
		return Marshal.IsGood();
	}

	// False, with a text for GetLastError, if a field cannot be handed on.
	static bool ToC(const FFastNetServerOptions& Options, FMarshal& Marshal, FastNetServerConfig& Raw)
	{
		Api().server_config_init(&Raw, static_cast<uint32>(sizeof(Raw)));
		Raw.flags |= Options.bManualFlush ? static_cast<uint32>(FASTNET_SERVER_MANUAL_FLUSH) : 0u;
		Raw.io_mode = static_cast<decltype(Raw.io_mode)>(Options.IoMode);
		Raw.idle_policy = static_cast<decltype(Raw.idle_policy)>(Options.IdlePolicy);
		Raw.tick_us = static_cast<decltype(Raw.tick_us)>(Options.TickUs);
		Raw.spin_ns = static_cast<decltype(Raw.spin_ns)>(Options.SpinNs);
		Raw.peers_max = static_cast<decltype(Raw.peers_max)>(Options.PeersMax);
		Raw.handshake_timeout_ms = static_cast<decltype(Raw.handshake_timeout_ms)>(Options.HandshakeTimeoutMs);
		Raw.idle_timeout_ms = static_cast<decltype(Raw.idle_timeout_ms)>(Options.IdleTimeoutMs);
		Raw.keepalive_ms = static_cast<decltype(Raw.keepalive_ms)>(Options.KeepaliveMs);
		Raw.linger_ms = static_cast<decltype(Raw.linger_ms)>(Options.LingerMs);
		Raw.max_reliable_message = static_cast<decltype(Raw.max_reliable_message)>(Options.MaxReliableMessage);
		Raw.max_unreliable_message = static_cast<decltype(Raw.max_unreliable_message)>(Options.MaxUnreliableMessage);
		Raw.send_queue_bytes = static_cast<decltype(Raw.send_queue_bytes)>(Options.SendQueueBytes);
		Raw.ring_bytes = static_cast<decltype(Raw.ring_bytes)>(Options.RingBytes);
		Raw.udp_port = Marshal.Port(Options.UdpPort, TEXT("UdpPort"));
		Raw.tcp_port = Marshal.Port(Options.TcpPort, TEXT("TcpPort"));
		Raw.app_id = static_cast<decltype(Raw.app_id)>(Options.AppId);
		Raw.bind_address = Marshal.Text(Options.BindAddress);
		Raw.cert_path = Marshal.Text(Options.CertPath);
		Raw.key_path = Marshal.Text(Options.KeyPath);
		Raw.cert_pem = Marshal.Pem(Options.CertPem, Raw.cert_pem_len);
		Raw.key_pem = Marshal.Pem(Options.KeyPem, Raw.key_pem_len);
		return Marshal.IsGood();
	}

}

uint32 FastNet::Version()
{
	if (!FastNet::IsAvailable())
	{
		return 0;
	}
	return FastNet::Api().version();
}

FString FastNet::VersionString()
{
	if (!FastNet::IsAvailable())
	{
		return FString();
	}
	return FString(UTF8_TO_TCHAR(FastNet::Api().version_string()));
}

uint64 FastNet::TimeUs()
{
	if (!FastNet::IsAvailable())
	{
		return 0;
	}
	return FastNet::Api().time_us();
}

FString FastNet::ResultName(EFastNetResult Result)
{
	if (!FastNet::IsAvailable())
	{
		return FString();
	}
	return FString(UTF8_TO_TCHAR(FastNet::Api().result_name(static_cast<FastNetResult>(Result))));
}

FString FastNet::ReasonName(EFastNetReason Reason)
{
	if (!FastNet::IsAvailable())
	{
		return FString();
	}
	return FString(UTF8_TO_TCHAR(FastNet::Api().reason_name(static_cast<FastNetReason>(Reason))));
}

EFastNetResult FastNet::LastResult()
{
	if (!FastNet::IsAvailable())
	{
		return EFastNetResult::Runtime;
	}
	return static_cast<EFastNetResult>(FastNet::Api().last_result());
}

FFastNetClient::~FFastNetClient()
{
	Disconnect();
}

FFastNetClient::FFastNetClient(FFastNetClient&& Other) noexcept
	: Handle(Other.Handle)
{
	Other.Handle = nullptr;
}

FFastNetClient& FFastNetClient::operator=(FFastNetClient&& Other) noexcept
{
	if (this != &Other)
	{
		Disconnect();
		Handle = Other.Handle;
		Other.Handle = nullptr;
	}
	return *this;
}

void FFastNetClient::Disconnect()
{
	if (Handle)
	{
		FastNet::Api().client_disconnect(Handle);
		Handle = nullptr;
	}
}

bool FFastNetClient::Connect(const FString& Host, int32 Port)
{
	if (!FastNet::IsAvailable())
	{
		return false;
	}
	Disconnect();
	if (!FastNet::IsPort(Port, TEXT("Port")))
	{
		return false;
	}
	Handle = FastNet::Api().client_connect(FastNet::FText8(*Host).OrNull(), static_cast<uint16>(Port));
	return Handle != nullptr;
}

EFastNetResult FFastNetClient::Open(const FFastNetClientOptions& Options)
{
	if (!FastNet::IsAvailable())
	{
		return EFastNetResult::Runtime;
	}
	Disconnect();
	FastNet::FMarshal Marshal;
	FastNetClientConfig Raw;
	if (!FastNet::ToC(Options, Marshal, Raw))
	{
		return EFastNetResult::InvalidArgument;
	}
	return static_cast<EFastNetResult>(FastNet::Api().client_open(&Raw, &Handle));
}

EFastNetResult FFastNetClient::Close(uint32 CloseCode, const FString& Message)
{
	if (!Handle)
	{
		return FastNet::NotOpen();
	}
	return static_cast<EFastNetResult>(FastNet::Api().client_close(Handle, static_cast<uint32_t>(CloseCode), FastNet::FText8(*Message).OrNull()));
}

bool FFastNetClient::Poll(FFastNetEvent& OutEvent)
{
	if (!Handle)
	{
		return false;
	}
	FastNetEvent Raw;
	const bool Result = FastNet::Api().client_poll(Handle, &Raw) != 0;
	if (Result)
	{
		FastNet::FromC(Raw, OutEvent);
	}
	return Result;
}

EFastNetResult FFastNetClient::Wait(uint32 TimeoutMs)
{
	if (!Handle)
	{
		return FastNet::NotOpen();
	}
	return static_cast<EFastNetResult>(FastNet::Api().client_wait(Handle, static_cast<uint32_t>(TimeoutMs)));
}

EFastNetResult FFastNetClient::Wake()
{
	if (!Handle)
	{
		return FastNet::NotOpen();
	}
	return static_cast<EFastNetResult>(FastNet::Api().client_wake(Handle));
}

EFastNetResult FFastNetClient::Send(EFastNetChannel Channel, TArrayView<const uint8> Data)
{
	if (!Handle)
	{
		return FastNet::NotOpen();
	}
	return static_cast<EFastNetResult>(FastNet::Api().client_send(Handle, static_cast<FastNetChannel>(Channel), Data.GetData(), static_cast<uint32>(Data.Num())));
}

EFastNetResult FFastNetClient::Flush()
{
	if (!Handle)
	{
		return FastNet::NotOpen();
	}
	return static_cast<EFastNetResult>(FastNet::Api().client_flush(Handle));
}

EFastNetState FFastNetClient::State() const
{
	if (!Handle)
	{
		return EFastNetState::Closed;
	}
	return static_cast<EFastNetState>(FastNet::Api().client_state(Handle));
}

int32 FFastNetClient::PeerId() const
{
	if (!Handle)
	{
		return 0;
	}
	return static_cast<int32>(FastNet::Api().client_peer_id(Handle));
}

uint64 FFastNetClient::RttUs() const
{
	if (!Handle)
	{
		return 0;
	}
	return FastNet::Api().client_rtt_us(Handle);
}

uint32 FFastNetClient::MaxMessage(EFastNetChannel Channel) const
{
	if (!Handle)
	{
		return 0;
	}
	return FastNet::Api().client_max_message(Handle, static_cast<FastNetChannel>(Channel));
}

EFastNetResult FFastNetClient::Stats(FFastNetStats& OutStats) const
{
	if (!Handle)
	{
		return FastNet::NotOpen();
	}
	FastNetStats Raw = {};
	Raw.struct_size = static_cast<uint32>(sizeof(Raw));
	const EFastNetResult Result = static_cast<EFastNetResult>(FastNet::Api().client_stats(Handle, &Raw));
	if (Result == EFastNetResult::Ok)
	{
		FastNet::FromC(Raw, OutStats);
	}
	return Result;
}

FFastNetServer::~FFastNetServer()
{
	Destroy();
}

FFastNetServer::FFastNetServer(FFastNetServer&& Other) noexcept
	: Handle(Other.Handle)
{
	Other.Handle = nullptr;
}

FFastNetServer& FFastNetServer::operator=(FFastNetServer&& Other) noexcept
{
	if (this != &Other)
	{
		Destroy();
		Handle = Other.Handle;
		Other.Handle = nullptr;
	}
	return *this;
}

void FFastNetServer::Destroy()
{
	if (Handle)
	{
		FastNet::Api().server_destroy(Handle);
		Handle = nullptr;
	}
}

bool FFastNetServer::Create(int32 UdpPort, int32 TcpPort, const FString& CertPath, const FString& KeyPath)
{
	if (!FastNet::IsAvailable())
	{
		return false;
	}
	Destroy();
	if (!FastNet::IsPort(UdpPort, TEXT("UdpPort")))
	{
		return false;
	}
	if (!FastNet::IsPort(TcpPort, TEXT("TcpPort")))
	{
		return false;
	}
	Handle = FastNet::Api().server_create(static_cast<uint16>(UdpPort), static_cast<uint16>(TcpPort), FastNet::FText8(*CertPath).OrNull(), FastNet::FText8(*KeyPath).OrNull());
	return Handle != nullptr;
}

EFastNetResult FFastNetServer::Open(const FFastNetServerOptions& Options)
{
	if (!FastNet::IsAvailable())
	{
		return EFastNetResult::Runtime;
	}
	Destroy();
	FastNet::FMarshal Marshal;
	FastNetServerConfig Raw;
	if (!FastNet::ToC(Options, Marshal, Raw))
	{
		return EFastNetResult::InvalidArgument;
	}
	return static_cast<EFastNetResult>(FastNet::Api().server_open(&Raw, &Handle));
}

bool FFastNetServer::Poll(FFastNetEvent& OutEvent)
{
	if (!Handle)
	{
		return false;
	}
	FastNetEvent Raw;
	const bool Result = FastNet::Api().server_poll(Handle, &Raw) != 0;
	if (Result)
	{
		FastNet::FromC(Raw, OutEvent);
	}
	return Result;
}

EFastNetResult FFastNetServer::Wait(uint32 TimeoutMs)
{
	if (!Handle)
	{
		return FastNet::NotOpen();
	}
	return static_cast<EFastNetResult>(FastNet::Api().server_wait(Handle, static_cast<uint32_t>(TimeoutMs)));
}

EFastNetResult FFastNetServer::Wake()
{
	if (!Handle)
	{
		return FastNet::NotOpen();
	}
	return static_cast<EFastNetResult>(FastNet::Api().server_wake(Handle));
}

EFastNetResult FFastNetServer::Flush()
{
	if (!Handle)
	{
		return FastNet::NotOpen();
	}
	return static_cast<EFastNetResult>(FastNet::Api().server_flush(Handle));
}

EFastNetResult FFastNetServer::Send(int32 PeerId, EFastNetChannel Channel, TArrayView<const uint8> Data)
{
	if (!Handle)
	{
		return FastNet::NotOpen();
	}
	return static_cast<EFastNetResult>(FastNet::Api().server_send(Handle, static_cast<FastNetPeerId>(PeerId), static_cast<FastNetChannel>(Channel), Data.GetData(), static_cast<uint32>(Data.Num())));
}

EFastNetResult FFastNetServer::Broadcast(int32 Except, EFastNetChannel Channel, TArrayView<const uint8> Data)
{
	if (!Handle)
	{
		return FastNet::NotOpen();
	}
	return static_cast<EFastNetResult>(FastNet::Api().server_broadcast(Handle, static_cast<FastNetPeerId>(Except), static_cast<FastNetChannel>(Channel), Data.GetData(), static_cast<uint32>(Data.Num())));
}

EFastNetResult FFastNetServer::DisconnectPeer(int32 PeerId, uint32 CloseCode, const FString& Message)
{
	if (!Handle)
	{
		return FastNet::NotOpen();
	}
	return static_cast<EFastNetResult>(FastNet::Api().server_disconnect_peer(Handle, static_cast<FastNetPeerId>(PeerId), static_cast<uint32_t>(CloseCode), FastNet::FText8(*Message).OrNull()));
}

uint32 FFastNetServer::PeerCount() const
{
	if (!Handle)
	{
		return 0;
	}
	return FastNet::Api().server_peer_count(Handle);
}

TArray<int32> FFastNetServer::Peers() const
{
	if (!Handle)
	{
		return {};
	}
	TArray<int32> Found;
	const uint32 Capacity = FastNet::Api().server_peers(Handle, nullptr, 0);
	Found.SetNumUninitialized(static_cast<int32>(Capacity));
	const uint32 Count = FastNet::Api().server_peers(Handle, reinterpret_cast<uint32*>(Found.GetData()), Capacity);
	Found.SetNum(static_cast<int32>(FMath::Min(Count, Capacity)));
	return Found;
}

EFastNetState FFastNetServer::PeerState(int32 PeerId) const
{
	if (!Handle)
	{
		return EFastNetState::Closed;
	}
	return static_cast<EFastNetState>(FastNet::Api().server_peer_state(Handle, static_cast<FastNetPeerId>(PeerId)));
}

FString FFastNetServer::PeerAddress(int32 PeerId) const
{
	if (!Handle)
	{
		return FString();
	}
	ANSICHAR Buffer[1024] = {};
	FastNet::Api().server_peer_address(Handle, static_cast<FastNetPeerId>(PeerId), Buffer, sizeof(Buffer));
	return FString(UTF8_TO_TCHAR(Buffer));
}

uint64 FFastNetServer::PeerRttUs(int32 PeerId) const
{
	if (!Handle)
	{
		return 0;
	}
	return FastNet::Api().server_peer_rtt_us(Handle, static_cast<FastNetPeerId>(PeerId));
}

EFastNetResult FFastNetServer::PeerStats(int32 PeerId, FFastNetStats& OutStats) const
{
	if (!Handle)
	{
		return FastNet::NotOpen();
	}
	FastNetStats Raw = {};
	Raw.struct_size = static_cast<uint32>(sizeof(Raw));
	const EFastNetResult Result = static_cast<EFastNetResult>(FastNet::Api().server_peer_stats(Handle, static_cast<FastNetPeerId>(PeerId), &Raw));
	if (Result == EFastNetResult::Ok)
	{
		FastNet::FromC(Raw, OutStats);
	}
	return Result;
}

uint32 FFastNetServer::MaxMessage(int32 PeerId, EFastNetChannel Channel) const
{
	if (!Handle)
	{
		return 0;
	}
	return FastNet::Api().server_max_message(Handle, static_cast<FastNetPeerId>(PeerId), static_cast<FastNetChannel>(Channel));
}

EFastNetResult FFastNetServer::Stats(FFastNetStats& OutStats) const
{
	if (!Handle)
	{
		return FastNet::NotOpen();
	}
	FastNetStats Raw = {};
	Raw.struct_size = static_cast<uint32>(sizeof(Raw));
	const EFastNetResult Result = static_cast<EFastNetResult>(FastNet::Api().server_stats(Handle, &Raw));
	if (Result == EFastNetResult::Ok)
	{
		FastNet::FromC(Raw, OutStats);
	}
	return Result;
}

uint16 FFastNetServer::UdpPort() const
{
	if (!Handle)
	{
		return 0;
	}
	return FastNet::Api().server_udp_port(Handle);
}

uint16 FFastNetServer::TcpPort() const
{
	if (!Handle)
	{
		return 0;
	}
	return FastNet::Api().server_tcp_port(Handle);
}
