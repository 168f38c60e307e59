"""Decisions of the mission room, on rows and forms alone."""
