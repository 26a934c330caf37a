"""The parts of `fastnet bench`: contenders, runs, rows, pictures."""
