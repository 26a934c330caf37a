"""What prints: one folder for each target. See `codegen/README.md` for how to add one."""
