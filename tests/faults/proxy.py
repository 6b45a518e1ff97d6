# SPDX-License-Identifier: EUPL-1.2
"""A network that breaks on demand: a proxy between a client and a server, in a thread of its own."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator


class Proxy:
    """Passes on what comes to `port` of this machine, as `mode` says.

    "pass": as it is. "delay": every piece `seconds` later. "hold": takes everything and passes nothing on.
    "hold old": the same for the connections of now, while new ones pass: a machine was replaced.
    "cut": ends every connection at once. "refuse": nobody listens.
    `after`: only once the client has said these words, which are still passed on.
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self.mode, self.seconds, self._then = "pass", 0.0, ("", b"")
        self.port = self._era = 0
        self._lines: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._do(self._listen())

    def _do(self, work) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        try:
            other, back = await self._reach()
        except OSError:
            writer.close()
            return
        self._lines.add(back)
        await asyncio.gather(self._pump(reader, back, asks=True), self._pump(other, writer, asks=False))

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, port = self._target
        if host.startswith("/"):
            return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port or 5432}")
        return await asyncio.open_connection(host, port)

    async def _pump(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, asks: bool) -> None:
        era = self._era
        with contextlib.suppress(OSError):
            while piece := await source.read(65536):
                await asyncio.sleep(self.seconds if self.mode == "delay" else 0)
                while self.mode == "hold" or (self.mode == "hold old" and era < self._era):
                    await asyncio.sleep(0.05)
                target.write(piece)
                await target.drain()
                mode, words = self._then
                if asks and mode and words.lower() in piece.lower():
                    self.mode, self._then = "hold", ("", b"")
                    await asyncio.sleep(0.1 if mode == "cut" else 0)  # it is heard, the answer is not
                    self.mode = mode
                    if mode == "cut":
                        await self._break(listen=True)
        self._lines.discard(target)
        with contextlib.suppress(RuntimeError):
            target.close()

    async def _break(self, *, listen: bool) -> None:
        if not listen and self._server:
            self._server.close()
            self._server = None
        for line in list(self._lines):
            line.transport.abort()
        self._lines.clear()

    def become(self, mode: str, seconds: float = 0.0, *, after: bytes = b"") -> None:
        """Break in this way from now on, or once `after` was said."""
        self._then = (mode, after) if after else ("", b"")
        if after:
            return
        self._era += mode == "hold old"
        was, self.mode, self.seconds = self.mode, mode, seconds
        if mode in {"cut", "refuse"}:
            self._do(self._break(listen=mode == "cut"))
        if was == "refuse" and mode != "refuse":
            self._do(self._listen())

    async def _leave(self) -> None:
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    def end(self) -> None:
        """Let go of everything."""
        self._do(self._break(listen=False))
        self._do(self._leave())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


@contextlib.contextmanager
def proxy(host: str, port: int) -> Iterator[Proxy]:
    """Stand between whoever comes and `host:port` for a while."""
    made = Proxy(host, port)
    try:
        yield made
    finally:
        made.end()
