"""The wall: who is on a side, and what its head does about that."""
