"""What the mission room shows."""
