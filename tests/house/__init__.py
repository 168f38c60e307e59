"""Tests of the house itself: its shape, its pages, what all rooms share, and the checks that hold it."""
