"""What agencies owe in all rooms that have no chase of their own, and the one message that tells each person.

What every part of the product uses can be had from here.
"""

from storage.obligations.finding import (
    add_obligation,
    due_for_a_step,
    get_message,
    lock_obligation,
    messages_due,
    obligations_about,
    open_obligations,
    past_the_head,
)
from storage.obligations.model import SETTLED, Obligation, ObligationState, OwedMessage

__all__ = [
    "SETTLED",
    "Obligation",
    "ObligationState",
    "OwedMessage",
    "add_obligation",
    "due_for_a_step",
    "get_message",
    "lock_obligation",
    "messages_due",
    "obligations_about",
    "open_obligations",
    "past_the_head",
]
