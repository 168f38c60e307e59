"""The families of methods; importing them registers every method."""

from bot.sandbox.api import (  # noqa: F401
    apps,
    bookmarks,
    canvases,
    chat,
    chat_later,
    conversations,
    conversations_change,
    files,
    pins,
    reactions,
    usergroups,
    users,
    views,
)
