"""The protocol without I/O: no socket, clock, thread, file, randomness or logging in here.

`Endpoint` is the door for people with their own sockets; PROTOCOL.md is the truth this package follows.
"""
