"""The outbox: every message that leaves, from the transaction that causes it to the day it is forgotten.

`queue` holds the rows, `claiming` and `settling` what a worker does with them, `report` how they stand, `waiting` what
may change while they wait. What every part of the product uses can be had from here.
"""

from storage.outbox.call import Call, Sent, files_lane
from storage.outbox.claiming import Claimed, claim, has_due
from storage.outbox.queue import (
    EDIT,
    EMAIL,
    FAILED_KEPT,
    LEASE,
    LIMITED,
    OutboxRow,
    State,
    forget_settled,
    pause_method,
    put,
    put_many,
    retry,
)
from storage.outbox.settling import Left, give_back, renew, settle, settle_left

__all__ = [
    "EDIT",
    "EMAIL",
    "FAILED_KEPT",
    "LEASE",
    "LIMITED",
    "Call",
    "Claimed",
    "Left",
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
    "settle_left",
]
