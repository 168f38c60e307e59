"""Drives a local Slack from a test, in the words of the story: a person runs, fills, presses and sees.

    workspace = Workspace.start(seed)
    person = workspace.person("WFP focal point")
    person.runs("/update", in_="#cabinet")
    person.form.fill("Summary", "Convoy delayed").submit()
    person.sees("Convoy delayed", in_="#cabinet").press("Acknowledge")

It is synchronous and speaks nothing but the control interface of ``CONTROL.md``.
"""

from bot.sandbox.driver.form import Form
from bot.sandbox.driver.message import Message, Reply
from bot.sandbox.driver.person import Home, Person
from bot.sandbox.driver.wire import RefusedError
from bot.sandbox.driver.workspace import Workspace

__all__ = ["Form", "Home", "Message", "Person", "RefusedError", "Reply", "Workspace"]
