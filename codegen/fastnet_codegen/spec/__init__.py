"""The description's language: its types, and reading it from YAML."""
