"""The outbox: every message that leaves, from the transaction that causes it to the day it is forgotten.

`queue` holds the rows and what moves them, `report` how they stand, `waiting` what may change while they wait. What
every part of the product uses can be had from here.
"""

from storage.outbox.call import Call, Sent, files_lane
from storage.outbox.queue import (
    EDIT,
    EMAIL,
    FAILED_KEPT,
    LEASE,
    LIMITED,
    OutboxRow,
    State,
    claim,
    forget_settled,
    give_back,
    has_due,
    pause_method,
    put,
    put_many,
    renew,
    retry,
    settle,
)

__all__ = [
    "EDIT",
    "EMAIL",
    "FAILED_KEPT",
    "LEASE",
    "LIMITED",
    "Call",
    "OutboxRow",
    "Sent",
    "State",
    "claim",
    "files_lane",
    "forget_settled",
    "give_back",
    "has_due",
    "pause_method",
    "put",
    "put_many",
    "renew",
    "retry",
    "settle",
]
