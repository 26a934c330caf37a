"""Which variable of ours may say where files lie; apart, so that it can be set without importing what reads it."""

own_variable = "FASTNET_CONFIG_DIR"
"""The C library empties it: there no variable of ours says whom to trust."""
