"""Web generators that learned: what they have in common, and the three of them."""
