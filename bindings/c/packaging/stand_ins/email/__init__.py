"""Stands in for email inside the private runtime: cryptography asks it for one function, which we never need."""
