"""`python -m bot bench`: what the product does per second, as ratios to the bare server within one run.

Absolute figures move with the machine and with what else runs on it; ratios travel.
"""
