"""C types of connection.py; no logic."""
cimport cython
from libc.stdint cimport uint32_t, uint64_t
from fastnet.protocol.acks cimport AckTracker
from fastnet.protocol.channels.base cimport Channel, Inbox
from fastnet.protocol.channels.reliable cimport ReliableChannel
from fastnet.protocol.channels.schedule cimport Schedule
from fastnet.protocol.datagram cimport Datagram
from fastnet.protocol.paths cimport Path
from fastnet.protocol.phases cimport KeyPhases
from fastnet.protocol.recovery cimport Recovery
from fastnet.protocol.replay cimport ReplayWindow
from fastnet.protocol.sealing cimport HeaderKey
from fastnet.protocol.settings cimport Settings

cdef uint64_t NEVER, _MS
cdef int BINDING, WAIT_BIND, VALIDATING, CONNECTED, FLUSHING, CLOSING, DRAINING, CLOSED
cdef int ACCEPTED, WOULD_BLOCK, TOO_LARGE

@cython.final
cdef class Connection:
    # Who.
    cdef readonly uint32_t peer_id
    cdef cython.py_int shown_peer_id  # the same, for events
    cdef readonly int slot
    cdef readonly bint is_server, verified, announced
    cdef readonly object token_client_id
    cdef bytes reset_token  # a client's: what its server says when it knows it no more
    cdef Settings settings
    cdef Inbox inbox
    cdef object chance
    # Ids on the wire: ours, that the peer puts on datagrams to us, and the peer's.
    cdef readonly uint64_t receive_id, send_id
    cdef readonly int receive_id_bytes, send_id_bytes
    # Sealing.
    cdef readonly KeyPhases phases
    cdef HeaderKey receive_header_key, send_header_key
    cdef readonly ReplayWindow replay
    cdef uint64_t next_skip
    # What the peer declared.
    cdef uint64_t credit_granted, reliable_message_max, unreliable_message_max
    # What was received and sent.
    cdef readonly AckTracker acks
    cdef readonly Recovery recovery
    cdef readonly Schedule schedule
    cdef readonly list channels
    cdef list held_data  # (channel, data) that came before the client's path was proven
    cdef list unflushed  # channels with messages that wait for `flush`
    cdef int silent_run  # packets in a row that ask for no ack
    # Where the peer is.
    cdef readonly Path path
    cdef readonly list candidates
    cdef readonly int mtu
    cdef object mtu_search  # with discovery on, else None
    cdef uint64_t answer  # the token of the latest PATH_RESPONSE
    cdef unsigned char paths_due, ping_due, mtu_due
    # Until when.
    cdef readonly int state
    cdef unsigned char dirty, awaits_flush
    cdef unsigned char counted  # among the endpoint's peers
    cdef uint64_t state_deadline_ns, last_received_ns, last_eliciting_ns, idle_timeout_ns, pace_ns, check_credit_ns
    # How it ended.
    cdef readonly int close_code
    cdef readonly str close_reason
    cdef bint close_due, final_report_made
    cdef int close_repeats
    cdef uint64_t close_next_ns, close_last_ns
    # Figures.
    cdef readonly uint64_t bytes_sent, bytes_received, datagrams_sent, datagrams_received

    @cython.locals(channel=Channel)
    cdef Channel channel_at(self, int slot)
    cdef uint64_t _message_max(self, bint reliable) noexcept
    cdef uint64_t message_max(self, int number) except? 0
    @cython.locals(channel=Channel, code=int)
    cdef int offer(self, int slot, bytes data, bint flush) except -1
    cdef int offered(self, Channel channel, int code, bint flush) except -1
    @cython.locals(channel=Channel)
    cdef int flush(self) except -1
    @cython.locals(path=Path)
    cdef int begin(self, object ticket, uint64_t now_ns) except -1
    @cython.locals(slot=int)
    cpdef int start_at(self, uint64_t number, uint64_t id) except -1
    @cython.locals(old=Path)
    cdef int validate(self, Path path, uint64_t now_ns) except -1
    cdef bint move(self, int wish) except -1
    @cython.locals(held=list)
    cdef int connected(self, uint64_t now_ns) except -1
    cdef int disconnect(self, int code, str reason, uint64_t linger_ns, uint64_t now_ns) except -1
    cdef int fail(self, int code, str reason, uint64_t now_ns) except -1
    cdef int start_closing(self, uint64_t now_ns) except -1
    cdef int repeat_close(self, uint64_t now_ns) except -1
    @cython.locals(kept=bint)
    cdef bint gone(self, uint64_t now_ns) noexcept
    cdef int on_close(self, int code, str reason, uint64_t now_ns) except -1
    cdef int finish(self, int code, str reason, uint64_t now_ns) except -1
    cdef bint heed_reset(self, Datagram inbound, uint64_t now_ns) except -1
    cdef int report_end(self, bint by_peer) except -1
    @cython.locals(channel=Channel, reliable=ReliableChannel)
    cdef bint reliable_finished(self) except -1
    @cython.locals(path=Path)
    cdef Path candidate_of(self, Datagram inbound)
    cdef int handle_flushed(self, uint64_t now_ns) except -1
    cdef bint flush_waiting(self) except -1
    cdef void ping(self) noexcept
    @cython.locals(channel=Channel, reliable=ReliableChannel)
    cdef int release(self) except -1
