"""What several rules share: what a rule is made of, presence, rests, starts, and what pins and freezes hold."""
