"""Goldens have names of tests in them; they are data."""

collect_ignore = ["golden"]
