"""Weeks over HTTP: one subject a file."""
