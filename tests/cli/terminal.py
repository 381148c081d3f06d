"""A person at a terminal, who reads each question before answering it."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import select
import signal
import subprocess
import termios
import time

from tests.conftest import FAQ

PATIENCE = 60  # seconds
CTRL_C = "\x03"


class Terminal:
    """A command of ours with a terminal of its own; `shown` is all that it showed."""

    def __init__(self, *arguments: str, kind: str = "xterm") -> None:
        """`kind` as in TERM: a dumb one shows no progress, and scrolls a long question sideways."""
        self._ours, theirs = pty.openpty()
        self._process = subprocess.Popen(
            [FAQ, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "TERM": kind},
            preexec_fn=_sit_down,
        )
        os.close(theirs)
        self.shown = ""
        self._seen = 0
        self._last = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def answer(self, question: str, text: str = "") -> None:
        """Wait until `question` is shown, behind what was waited for before."""
        while question not in self.shown[self._seen :]:
            assert self._hears(PATIENCE), f"{question!r} is not asked: {self.shown}"
            self.shown += self._decoder.decode(os.read(self._ours, 4096))
        self._seen = self.shown.index(question, self._seen) + len(question)
        time.sleep(0.1)  # Ctrl-C in the instant before Python reads would go unnoticed
        self._last = text
        os.write(self._ours, text.encode())

    def end(self) -> int:
        """The status; what was still to be shown is read, so that nothing waits for it."""
        if self._last == CTRL_C and not self._hears(20):
            os.write(self._ours, CTRL_C.encode())  # it went unnoticed
        try:
            while self._hears(5 * PATIENCE) and (shown := os.read(self._ours, 4096)):
                self.shown += self._decoder.decode(shown)
        except OSError:  # the other side has closed
            pass
        os.close(self._ours)
        try:
            return self._process.wait(PATIENCE)
        finally:
            self._process.kill()

    def _hears(self, seconds: float) -> bool:
        return bool(select.select([self._ours], [], [], seconds)[0])


def _sit_down() -> None:
    """Ctrl-C reaches who has the terminal, even if the tests run in the background."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
