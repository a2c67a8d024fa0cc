"""How requests are answered: lanes with a few places each, and limited processes for what may grow or take long."""
