"""One command, one file: `run` is the command, registered by its name in `scheduler.cli.app`."""
