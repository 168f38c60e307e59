"""Decisions about agencies on plain rows: no Slack, no session, no clock."""
