"""Who asks, and what they may: accounts, sign-in, the table of rights, private cases, the audit."""
