"""What a person does at the page, and what apps are told of it."""
