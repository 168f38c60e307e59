"""What agencies owe, told to each person in one message: steps, the message, and how an obligation ends."""
