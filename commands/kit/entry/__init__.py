"""Entering things: steps of a form, choices, what was typed and not sent, and records with a history of changes."""
