"""What `lianxin` has where the service is installed: serving, accounts, and what is private."""
