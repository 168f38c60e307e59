"""The front door: how rooms show each other's things, what they offer, what waits with them and what they find."""
