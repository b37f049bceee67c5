"""The simulated town: people, lenders and agents with known truth; synthetic, labelled so everywhere."""
