"""How many deliveries one process answers at once."""

# A form is opened by a call to Slack that may take a second: sixteen people, and those who write, each need a thread.
ANSWERED_AT_ONCE = 32
# However many wait to write, the other threads are left to those who look, as everybody does who opens a form.
WRITERS_AT_ONCE = 24
# Longer than a burst of people who press at once needs, and within the three seconds that Slack waits.
SECONDS_FOR_A_PLACE = 1.0
