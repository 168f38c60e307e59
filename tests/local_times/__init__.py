"""What was planned in local time keeps it, in every room, when the mission's clock changes."""
