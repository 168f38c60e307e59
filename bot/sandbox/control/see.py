"""GET requests: what a person sees."""

import asyncio
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox import files
from bot.sandbox.control import shown
from bot.sandbox.control.way import Asked, get
from bot.sandbox.records import Json, Refused, StoredFile

LONGEST_POLL = 30.0
_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp", "text/plain", "application/pdf")


@get("boot")
async def boot(asked: Asked) -> Json:
    """Everything a page needs to begin."""
    return shown.boot(asked.sandbox, asked.person if asked.text("as") else None)


@get("channels")
async def channels(asked: Asked) -> Json:
    """Every channel the person may see."""
    return {"channels": shown.channels(asked.sandbox, asked.person.id)}


@get("channels/{channel}")
async def channel(asked: Asked) -> Json:
    """One channel with its people, pins, bookmarks and canvas."""
    return shown.details(asked.sandbox, asked.channel(), asked.person.id)


@get("channels/{channel}/messages")
async def messages(asked: Asked) -> Json:
    """A stretch of a channel."""
    limit = min(int(asked.number("limit", 100)), 1000)
    return shown.messages(asked.sandbox, asked.channel(), asked.person.id, asked.text("before"), limit)


@get("channels/{channel}/thread/{ts}")
async def thread(asked: Asked) -> Json:
    """A thread."""
    return {"messages": shown.thread(asked.sandbox, asked.channel(), asked.person.id, asked.text("ts"))}


@get("home/{app}")
async def home(asked: Asked) -> Json:
    """An app's Home as it was last published for this person."""
    view = asked.sandbox.views.home(asked.app().id, asked.person.id)
    return {"view": asked.sandbox.views.as_slack(view) if view else None}


@get("views")
async def views(asked: Asked) -> Json:
    """The person's open forms."""
    stack = asked.sandbox.views.stack(asked.person.id)
    return {"views": [asked.sandbox.views.as_slack(view) for view in stack]}


@get("log")
async def log(asked: Asked) -> Json:
    """The inspector."""
    only_refused = bool(asked.text("refused"))
    after, limit = int(asked.number("after", 0)), int(asked.number("limit", 200))
    entries = asked.sandbox.log.after(after, limit, only_refused=only_refused)
    return {"entries": [entry.to_json() for entry in entries], "seq": asked.sandbox.log.last}


@get("events")
async def events(asked: Asked) -> Json:
    """What the live socket pushes, by long polling."""
    live, me = asked.sandbox.live, asked.person.id
    after = int(asked.number("after", live.last))
    if after < live.oldest:
        return {"events": [{"type": "reload", "seq": live.last}], "seq": live.last}
    ends = asyncio.get_running_loop().time() + min(asked.number("timeout", 0), LONGEST_POLL)
    seen = after
    while not (found := live.after(seen, me)):
        seen = live.last
        left = ends - asyncio.get_running_loop().time()
        if left <= 0:
            break
        try:
            await asyncio.wait_for(live.wait(seen), left)
        except TimeoutError:
            break
    seq = live.last if not found else max(found[-1].seq, seen)
    return {"events": [shown.news(asked.sandbox, one, me) for one in found], "seq": seq}


@get("idle")
async def idle(asked: Asked) -> Json:
    """Whether every request to an app has been answered."""
    return {"idle": await asked.sandbox.courier.idle(min(asked.number("timeout", 5), LONGEST_POLL))}


@get("clock")
async def clock(asked: Asked) -> Json:
    """The workspace's time."""
    return {"clock": asked.sandbox.clock.to_json()}


@get("faults")
async def faults(asked: Asked) -> Json:
    """The faults still to come."""
    return {"faults": asked.sandbox.faults.to_json()}


async def file_bytes(request: Request, asked: Asked) -> Response:
    """A file for the page."""
    file = files.find(asked.sandbox.workspace, request.path_params["file"], asked.person.id)
    return file_response(asked.sandbox.workspace.keep.read_bytes(file.id), file, download=bool(asked.text("download")))


def file_response(content: bytes | None, file: StoredFile, *, download: bool) -> Response:
    """The bytes of a file with its type and name."""
    if content is None:
        raise Refused("file_not_found")
    # Nothing that could run as a page of this server's origin is shown in place.
    inline = file.mimetype in _INLINE and not download
    kind = "inline" if inline else "attachment"
    headers = {
        "Content-Disposition": f"{kind}; filename*=UTF-8''{quote(file.name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=file.mimetype, headers=headers)
