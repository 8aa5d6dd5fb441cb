"""The pages: each file runs alone, and shows what the rooms give it."""
