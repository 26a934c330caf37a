"""One discipline of delivery each: reliable, unreliable, sequenced; and whose turn it is to send."""
