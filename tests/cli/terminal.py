"""A person at a terminal, who reads each question before answering it."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import select
import subprocess
import termios
import time

from tests.conftest import FAQ

PATIENCE = 60  # seconds


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
            # Ctrl-C reaches who has the terminal.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)
        self.shown = ""
        self._seen = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def answer(self, question: str, text: str = "") -> None:
        """Wait until `question` is shown, behind what was waited for before."""
        while question not in self.shown[self._seen :]:
            ready, _, _ = select.select([self._ours], [], [], PATIENCE)
            assert ready, f"{question!r} is not asked: {self.shown}"
            self.shown += self._decoder.decode(os.read(self._ours, 4096))
        self._seen = self.shown.index(question, self._seen) + len(question)
        time.sleep(0.1)  # Ctrl-C in the instant before Python reads would go unnoticed
        os.write(self._ours, text.encode())

    def end(self) -> int:
        """The status; what was still to be shown is read, so that nothing waits for it."""
        with open(self._ours, "rb", buffering=0) as rest:
            try:
                while shown := rest.read(4096):
                    self.shown += self._decoder.decode(shown)
            except OSError:  # the other side has closed
                pass
        return self._process.wait(PATIENCE)
