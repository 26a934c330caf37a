"""`fastnet demo`: a server and a client in two processes, four channels, a good link and a bad one, and a verdict."""
