"""The script that PyInstaller analyses for the private runtime; never run. `collect.spec` names the roots."""
