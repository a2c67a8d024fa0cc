"""Small weeks of kinds that went wrong, each with the value that was worked by hand."""
