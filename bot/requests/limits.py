"""How many deliveries one process answers at once."""

# A form is opened by a call to Slack that may take a second: sixteen people, and those who write, each need a thread.
ANSWERED_AT_ONCE = 32
# However many wait to write, the other threads are left to those who look, as everybody does who opens a form.
WRITERS_AT_ONCE = 24
# Longer than a burst of people who press at once needs, and within the three seconds that Slack waits.
SECONDS_FOR_A_PLACE = 1.0
# A request of Slack's comes in one piece; whoever needs longer than this is not Slack.
SECONDS_FOR_A_BODY = 5.0
# Also how long a connection may lie idle: longer than the minute that proxies keep theirs, so that they let go first.
MILLISECONDS_FOR_HEADERS = 75_000
# Beyond this, new connections wait until one of these ends; each costs a socket, and those that say nothing are shut.
CONNECTIONS_AT_ONCE = 2_048
