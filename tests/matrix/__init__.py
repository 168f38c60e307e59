"""Who may do what: every verb of every room, sent by everybody, with things of both levels."""
