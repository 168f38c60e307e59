"""The processes of the Procfile, and how they end with whoever started them."""
