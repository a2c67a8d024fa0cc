"""From one roster or week to the next: re-planning, rolling on, what was really worked, comparing."""
