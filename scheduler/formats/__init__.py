"""Files to instances and rosters, and back. Every reader reports all faults of a file at once."""
