"""Help for people who were cheated: who needs it first, safe ways to reach them, cards, letters; blind to what became of any complaint."""
