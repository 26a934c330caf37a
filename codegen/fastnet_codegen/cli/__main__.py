"""`python -m fastnet_codegen.cli`."""

from fastnet_codegen.cli import main

main()
