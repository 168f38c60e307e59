"""Entering things: forms in several steps, what was typed and not sent, and records with a history of changes."""
