"""The command line: `fastnet cert | serve | ping | demo | doctor | bench`."""
