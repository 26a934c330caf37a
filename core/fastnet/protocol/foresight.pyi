"""The rest is not visible to Python; foresight.pxd declares what places.py uses."""

FORESIGHT_STEPS: int
