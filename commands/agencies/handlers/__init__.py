"""The verbs of the room: read, apply a rule, write, put messages in the outbox."""
