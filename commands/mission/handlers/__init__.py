"""What people can do in the mission room."""
