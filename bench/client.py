"""A small HTTP client: kept connections, no more than the load generator needs, so
that what it costs on the same two cores stays far below what it measures."""

import asyncio
import json
from typing import Any

from bench.house import BenchBroken


class Client:
    """One kept connection, one request at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(
        self,
        method: str,
        path: str,
        headers: dict[str, str] | None = None,
        body: bytes = b"",
    ) -> tuple[int, dict[str, str], bytes]:
        """(status, headers, body); headers in lower case, the last of a name counts."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self._port}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        lines += [f"Content-Length: {len(body)}", "", ""]
        reader, writer = await self._open()
        writer.write("\r\n".join(lines).encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        found: dict[str, str] = {}
        for line in head[1:]:
            name, _colon, value = line.partition(": ")
            found[name.lower()] = value
        answer = await _body(reader, found)
        if found.get("connection", "").lower() == "close":
            await self.close()
        return int(head[0].split(" ", 2)[1]), found, answer

    async def json(
        self, method: str, path: str, headers: dict[str, str], body: Any = None
    ) -> Any:
        """The answer as data; anything but 200 ends the benchmark."""
        sent = b"" if body is None else json.dumps(body).encode()
        sent_headers = headers | {"Content-Type": "application/json"}
        status, _headers, answer = await self.ask(method, path, sent_headers, sent)
        if status != 200:
            said = answer.decode(errors="replace")[:200]
            raise BenchBroken(f"{method} {path.split('?')[0]}: {status} {said}")
        return json.loads(answer)

    async def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(
                "127.0.0.1", self._port, limit=1 << 22
            )
        return self._reader, self._writer


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    parts = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)
