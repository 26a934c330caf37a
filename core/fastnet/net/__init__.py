"""The only room that touches the operating system: sockets, TLS, the clock, and the pump that moves datagrams."""
