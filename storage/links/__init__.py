"""What goes between rooms: links from one thing to another, and what one room hands over to another."""
