"""How long each verb, timer and schedule keeps others from writing."""
