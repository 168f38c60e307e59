"""The control interface over HTTP, for one workspace."""

from typing import Any

import httpx

from bot.sandbox.delivery.trust import trusted

Json = dict[str, Any]
PATIENCE = 30.0


class RefusedError(AssertionError):
    """The sandbox refused a gesture; ``code`` says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class Wire:
    """Requests to ``/sandbox/...``, and the names that turn ids into what a person reads."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._client = httpx.Client(base_url=self.url, timeout=60, trust_env=False, verify=trusted())
        self._names: dict[str, str] = {}

    def get(self, path: str, **query: Any) -> Json:
        """A GET request's answer.

        Raises:
            RefusedError: the sandbox refused.
        """
        return self._read(self._client.get(f"/sandbox/{path}", params=query))

    def post(self, path: str, **body: Any) -> Json:
        """A POST request's answer.

        Raises:
            RefusedError: the sandbox refused.
        """
        return self._read(self._client.post(f"/sandbox/{path}", json=body))

    def upload(self, name: str, content: bytes, **fields: str) -> Json:
        """Upload a file as a person.

        Raises:
            RefusedError: the sandbox refused.
        """
        return self._read(self._client.post("/sandbox/files", data=fields, files={"file": (name, content)}))

    def download(self, file: str, who: str) -> bytes:
        """The bytes of a file as a person sees it.

        Raises:
            RefusedError: the person may not see it.
        """
        response = self._client.get(f"/sandbox/files/{file}", params={"as": who})
        if response.status_code != 200:
            self._read(response)
        return response.content

    def name(self, id_: str) -> str:
        """The display name of a person or channel."""
        if id_ not in self._names:
            boot = self.get("boot")
            self._names |= {person["id"]: person["name"] for person in boot["people"]}
        return self._names.get(id_, id_)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    @staticmethod
    def _read(response: httpx.Response) -> Json:
        found: Json = response.json()
        if not found.get("ok"):
            raise RefusedError(str(found.get("error")), str(found.get("message")))
        return found
