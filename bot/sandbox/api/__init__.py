"""Slack's Web API: `/api/<method>`."""
