"""Columns that are routes: a person's day, where nothing ties it to other people or days but the work itself."""
