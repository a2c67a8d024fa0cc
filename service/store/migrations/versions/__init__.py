"""The steps that the tables' shape went through, in order."""
