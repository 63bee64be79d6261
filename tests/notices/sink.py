"""A mail server of our own for tests: real SMTP over a socket, on this machine."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Thread
from typing import cast


class Sink(socketserver.ThreadingTCPServer):
    """Keeps what it accepts; `refuse` answers RCPT, `answer_data` the letter."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters: list[EmailMessage] = []
        self.refuse: dict[str, str] = {}
        self.answer_data = "250 kept"
        self.accepted = Event()
        self.go_on = Event()
        self.go_on.set()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Session(socketserver.StreamRequestHandler):
    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        sink = cast(Sink, self.server)
        self._say("220 sink")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb in {"EHLO", "HELO"}:
                self._say("250 sink")
            elif verb == "RCPT":
                address = line[line.index("<") + 1 : line.index(">")]
                self._say(sink.refuse.get(address, "250 ok"))
            elif verb == "DATA":
                self._say("354 go on")
                self._take(sink)
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self, sink: Sink) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line[1:] if line.startswith(b"..") else line)
        if sink.answer_data.startswith("250"):
            letter: EmailMessage = message_from_bytes(
                b"".join(lines), policy=policy.default
            )
            sink.letters.append(letter)
        sink.accepted.set()
        sink.go_on.wait(20)
        self._say(sink.answer_data)


@contextmanager
def mail_sink() -> Iterator[Sink]:
    with Sink() as sink:
        thread = Thread(target=sink.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            sink.go_on.set()
            sink.shutdown()
            thread.join()
