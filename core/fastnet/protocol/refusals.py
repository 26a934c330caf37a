"""What the application is told when it asks for what cannot be: the exception, with the remedy in its text."""

from fastnet.protocol.channels.base import EXHAUSTED, TOO_LARGE, Channel
from fastnet.protocol.errors import (
    FastNetError,
    MessageTooLargeError,
    NotConnectedError,
    UnknownChannelError,
    UnknownPeerError,
    UsageError,
    WouldBlockError,
)
from fastnet.protocol.numbers import APPLICATION_CODES, LOCAL_ONLY, CloseCode
from fastnet.protocol.settings import Settings
from fastnet.protocol.spec import REASON_MAX
from fastnet.protocol.states import State

_LIBRARY_CODES = frozenset(CloseCode) - LOCAL_ONLY


def no_peer(peer_id: int, is_server: bool) -> FastNetError:
    """No live peer has this number."""
    known = "see Connected events" if is_server else "the server is peer 1"
    return UnknownPeerError(f"no live peer has the id {peer_id}: it never connected or is gone ({known})")


def no_channel(channel: int, settings: Settings) -> FastNetError:
    """The channel is not configured."""
    return UnknownChannelError(f"channel {channel} is not configured; there are {list(settings.channel_table)}")


def not_connected(peer_id: int, state: int) -> FastNetError:
    """The peer is not there yet, or on its way out."""
    return NotConnectedError(f"peer {peer_id} is {State(state).name}; send after its Connected event")


def not_offered(channel: Channel, size: int, code: int) -> FastNetError:
    """The channel did not take a message of `size` bytes, and `code` is what it answered."""
    if code == TOO_LARGE:
        return MessageTooLargeError(
            f"{size:,} bytes exceed the {channel.message_max():,} that channel {channel.number} carries; "
            "split the message, use a reliable channel, or raise the limit at both ends"
        )
    if code == EXHAUSTED:
        return NotConnectedError(f"channel {channel.number} has used up its message ids; reconnect")
    return WouldBlockError(f"the send queue of channel {channel.number} is full; poll, and send again later")


def check_farewell(code: int, reason: str) -> None:
    """Raise UsageError unless CLOSE can carry both."""
    if code not in APPLICATION_CODES and code not in _LIBRARY_CODES:
        raise UsageError(f"code {code} cannot be sent; use 0 or 1000..2999")
    if len(reason.encode()) > REASON_MAX:
        raise UsageError(f"the reason has more than {REASON_MAX} bytes of UTF-8; shorten it")
