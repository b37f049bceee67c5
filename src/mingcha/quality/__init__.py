"""What the house does to people, measured: relief and speed for the linked against the others, with intervals; nothing switches it off."""
