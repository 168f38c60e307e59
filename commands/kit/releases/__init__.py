"""What the sides behind the wall give out: new texts with readers and an end."""
