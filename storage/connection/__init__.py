"""How the database is reached: where it lies, who writes when, and what trouble passes."""
