"""Agencies as Block Kit: rows in, blocks out."""
