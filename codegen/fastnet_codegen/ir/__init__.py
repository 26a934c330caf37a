"""The frozen Api that every back end gets, and the passes that make it."""
