"""`python -m fastnet.tools` is `fastnet`, also where the command is not on the path."""

from fastnet.tools.cli import main

main()
