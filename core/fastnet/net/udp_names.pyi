"""Nothing of this module is visible to Python; udp_names.pxd declares what udp.py uses."""
