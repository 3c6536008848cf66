"""The command line: `plantrack figures`, `targets`, `assess` and `demo`."""
