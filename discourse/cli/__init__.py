"""The command line: one thin file a command group that parses, calls and prints."""
