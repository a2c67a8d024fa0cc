"""The life of a week: its state, the commands that change it, and what follows from them. No HTTP here."""
