"""A storm: a mission of thirty people at work in every room, while everything around the product breaks at random.

    python -m tests.faults.storm --minutes 60 --seed 7 --database postgresql

The product's own processes run against a strict local Slack. A seed fixes what people do and what breaks when; how
processes interleave differs from run to run. Afterwards a checker compares what people were told with what is there. It
knows the product from outside only: Slack's state, the product's log, `python -m bot export` and `/metrics`.
"""
