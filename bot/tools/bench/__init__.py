"""`python -m bot bench`: what the product does per second, as ratios to the bare server within one run.

Absolute figures move with the machine and with what else runs on it; ratios travel. A module in this folder that holds
`SECTIONS`, a tuple of `rows.Section`, is part of the run: a new capability adds its measurements as a file of its own,
and there is no list to edit. A section gets a `bench.Bench` (processes, databases, how long to measure), and yields
`rows.Row`s; it says what it leaves out with `bench.leave_out`.
"""
