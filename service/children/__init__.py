"""Processes of their own for what may crash or grow: loaded once, then forked for each piece of work."""
