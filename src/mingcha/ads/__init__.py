"""What a post offers and claims: a transparent model over cues and wording, every answer with its passages."""
