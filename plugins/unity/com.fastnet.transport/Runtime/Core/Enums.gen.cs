// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate unity
using System;

namespace FastNet
{
    /// <summary>What a message is promised.</summary>
    public enum FastNetChannel : byte
    {
        /// <summary>Every message once, in the order of sending.</summary>
        ReliableOrdered = 0,
        /// <summary>May be lost or reordered, never doubled.</summary>
        Unreliable = 1,
        /// <summary>Every message once, as soon as it arrives.</summary>
        ReliableUnordered = 2,
        /// <summary>Another name of FastNetChannel.ReliableUnordered.</summary>
        Reliable = 2,
        /// <summary>Only the newest; an older one that comes late is dropped.</summary>
        Sequenced = 3,
        /// <summary>Another name of FastNetChannel.Sequenced.</summary>
        UnreliableSequenced = 3,
    }

    /// <summary>How a call ended, or what class of cause ended a connection.</summary>
    public enum FastNetResult : int
    {
        /// <summary>It worked.</summary>
        Ok = 0,
        /// <summary>An argument is NULL, out of range or not UTF-8; the text names it.</summary>
        InvalidArgument = -1,
        /// <summary>The operating system refused.</summary>
        Io = -2,
        /// <summary>The connection is not there yet; wait for FastNetEventType.Connected.</summary>
        NotConnected = -3,
        /// <summary>The handle has ended or is of another kind.</summary>
        InvalidHandle = -4,
        /// <summary>The struct's size is below that of revision 1, or its unknown tail is not zero.</summary>
        StructSize = -5,
        /// <summary>A flag, mode, level or platform that this library does not know.</summary>
        Unsupported = -6,
        /// <summary>A budget or ring is full; poll or wait, then try again.</summary>
        WouldBlock = -7,
        /// <summary>A message or text is longer than agreed.</summary>
        TooLarge = -8,
        /// <summary>Nothing happened in time.</summary>
        Timeout = -9,
        /// <summary>The server said no.</summary>
        Refused = -10,
        /// <summary>No such name.</summary>
        Resolve = -11,
        /// <summary>Another program has the port.</summary>
        AddressInUse = -12,
        /// <summary>The TLS handshake failed.</summary>
        Tls = -13,
        /// <summary>A certificate is untrusted, of another name, out of date, or its file is unusable.</summary>
        Certificate = -14,
        /// <summary>The rules were broken, or the peer is at fault.</summary>
        Protocol = -15,
        /// <summary>No such peer: it never was, or it is gone.</summary>
        UnknownPeer = -16,
        /// <summary>Another thread is in a call of its class, the log callback called, or it is too late for this setting.</summary>
        Busy = -17,
        /// <summary>The connection or server is closed or closing.</summary>
        Closed = -18,
        /// <summary>Memory is short, or more than 4,096 handles are open.</summary>
        OutOfMemory = -19,
        /// <summary>The core is missing, damaged, not started or dead; the text says which and what helps.</summary>
        Runtime = -20,
        /// <summary>Library and binding are of different builds.</summary>
        AbiMismatch = -21,
        /// <summary>A wake function ended the wait.</summary>
        Cancelled = -22,
        /// <summary>A fault of the library; it was logged.</summary>
        Internal = -23,
        /// <summary>The server has all the peers it wants.</summary>
        ServerFull = -24,
        /// <summary>TLS passed, UDP did not: a firewall is in the way.</summary>
        UdpUnreachable = -25,
        /// <summary>The other side speaks another version of the protocol.</summary>
        VersionMismatch = -26,
        /// <summary>Nobody answers at that address and port.</summary>
        TcpUnreachable = -27,
        /// <summary>No such channel; there are four, 0 to 3.</summary>
        NoChannel = -28,
    }

    /// <summary>Why a connection ended. The codes of the protocol, section 10. 1000 to 1999 are the application's for a normal end, 2000 to 2999 for an error.</summary>
    public enum FastNetReason : uint
    {
        /// <summary>The application ended it.</summary>
        Closed = 0,
        /// <summary>The server ends.</summary>
        ShuttingDown = 1,
        /// <summary>Nothing came for too long.</summary>
        IdleTimeout = 2,
        /// <summary>The handshake took too long.</summary>
        HandshakeTimeout = 3,
        /// <summary>TLS passed, UDP did not.</summary>
        UdpUnreachable = 4,
        /// <summary>Nobody answers there, or there is no such name (then the result is FastNetResult.Resolve).</summary>
        TcpUnreachable = 5,
        /// <summary>The TLS handshake failed.</summary>
        TlsFailed = 6,
        /// <summary>The server's certificate is not to be trusted.</summary>
        CertificateRejected = 7,
        /// <summary>No version of the protocol in common.</summary>
        VersionMismatch = 8,
        /// <summary>The other side is another application.</summary>
        AppMismatch = 9,
        /// <summary>The channel tables differ.</summary>
        ChannelsMismatch = 10,
        /// <summary>The server has all the peers it wants.</summary>
        ServerFull = 11,
        /// <summary>The server admits holders of tokens only.</summary>
        TokenRequired = 12,
        /// <summary>The token is not one of the server's.</summary>
        TokenInvalid = 13,
        /// <summary>The token is too old.</summary>
        TokenExpired = 14,
        /// <summary>The token was used before.</summary>
        TokenUsed = 15,
        /// <summary>The server said no.</summary>
        Refused = 16,
        /// <summary>The server ended this peer.</summary>
        Kicked = 17,
        /// <summary>The same user connected again.</summary>
        Replaced = 18,
        /// <summary>The other side no longer knows the connection.</summary>
        PeerReset = 20,
        /// <summary>A fault in the other side, or here if the result is FastNetResult.Runtime.</summary>
        InternalError = 21,
        /// <summary>A budget of memory was reached.</summary>
        ResourceLimit = 22,
        /// <summary>The rules were broken.</summary>
        ProtocolViolation = 30,
        /// <summary>A frame could not be read.</summary>
        FrameInvalid = 31,
        /// <summary>More was sent than was allowed.</summary>
        CreditExceeded = 32,
        /// <summary>A message is longer than agreed.</summary>
        MessageTooLarge = 33,
        /// <summary>A message came on a channel that does not exist.</summary>
        ChannelUnknown = 34,
        /// <summary>The keys were renewed against the rules.</summary>
        KeyUpdateError = 35,
        /// <summary>Too many forged packets for one key.</summary>
        AeadLimit = 36,
        /// <summary>A packet was acknowledged that was never sent.</summary>
        AckInvalid = 37,
        /// <summary>No packet numbers are left.</summary>
        NumbersExhausted = 38,
    }

    /// <summary>What an event reports.</summary>
    public enum FastNetEventType : uint
    {
        /// <summary>Nothing; a poll that returned 0 leaves this.</summary>
        None = 0,
        /// <summary>A peer is there.</summary>
        Connected = 1,
        /// <summary>A message arrived.</summary>
        Data = 2,
        /// <summary>A peer is gone, or the connection could not be made.</summary>
        Disconnected = 3,
        /// <summary>The server itself failed; nothing follows.</summary>
        Error = 4,
    }

    /// <summary>Where a connection is in its life.</summary>
    public enum FastNetState : uint
    {
        /// <summary>Ended, or never was.</summary>
        Closed = 0,
        /// <summary>The handshake is under way.</summary>
        Connecting = 1,
        /// <summary>Messages travel.</summary>
        Connected = 2,
        /// <summary>The goodbye is under way.</summary>
        Closing = 3,
    }

    /// <summary>How much the log tells; each level includes those before it.</summary>
    public enum FastNetLogLevel : uint
    {
        /// <summary>Nothing.</summary>
        Off = 0,
        /// <summary>What failed.</summary>
        Error = 1,
        /// <summary>What is dangerous or about to fail.</summary>
        Warn = 2,
        /// <summary>Connections that come and go.</summary>
        Info = 3,
        /// <summary>What helps to understand a fault.</summary>
        Debug = 4,
        /// <summary>Everything; slow.</summary>
        Trace = 5,
    }

    /// <summary>Who does the work of the network.</summary>
    public enum FastNetIoMode : uint
    {
        /// <summary>One network thread per process; acknowledgements go on while a game loads a level.</summary>
        Threaded = 0,
        /// <summary>The caller: poll, send, wait, flush, open, close and the end of the handle do the work, all on one thread at a time.</summary>
        Pumped = 1,
    }

    /// <summary>How the network thread waits, by the most eager policy among live handles; a pumped handle waits by its own.</summary>
    public enum FastNetIdlePolicy : uint
    {
        /// <summary>Sleep in the kernel until something happens.</summary>
        Sleep = 0,
        /// <summary>Look every `tick_us`; sending then never pays for a wake-up.</summary>
        Tick = 1,
        /// <summary>Stay awake for `spin_ns` after the last activity; the lowest latency for a whole core.</summary>
        Spin = 2,
    }

    /// <summary>Switches of a client.</summary>
    [Flags]
    public enum FastNetClientFlags : uint
    {
        /// <summary>Trust anyone. Whoever sits between can read and change everything; logged at each open.</summary>
        DangerAcceptAnyCertificate = 1,
        /// <summary>Do not trust this machine's development certificates for loopback addresses.</summary>
        NoDevCa = 2,
        /// <summary>Messages wait for FastNetClient.Flush and share datagrams.</summary>
        ManualFlush = 4,
    }

    /// <summary>Switches of a server.</summary>
    [Flags]
    public enum FastNetServerFlags : uint
    {
        /// <summary>Messages wait for FastNetServer.Flush and share datagrams.</summary>
        ManualFlush = 4,
    }

}
