"""Records of weeks: one subject a file."""
