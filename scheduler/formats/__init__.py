"""Files to instances and rosters, and back. Every reader tells all faults of a file at once."""
