"""The sides of the mission behind the wall: which there are (`sides`), and who is named to one (`delegates`).

What every part of the product uses can be had from here.
"""

from storage.compartments.delegates import Delegate, add_delegate, delegates_of, drop_delegate
from storage.compartments.sides import Compartment, MixedSidesError, joined

__all__ = [
    "Compartment",
    "Delegate",
    "MixedSidesError",
    "add_delegate",
    "delegates_of",
    "drop_delegate",
    "joined",
]
