"""The memory of a process and of all that it starts, together, while something runs."""

import contextlib
import sys
import threading

import psutil

MEASURE = "PSS" if sys.platform == "linux" else "USS"
"""What is counted: on Linux each page once, shared by those that use it; elsewhere what each process has alone."""

_INTERVAL = 0.1


class Peak(threading.Thread):
    """Samples a process with its children until stopped, and keeps the highest sum.

    with Peak(process.pid) as peak:
        ...
    print(peak.megabytes)
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.megabytes = 0.0
        self._process = psutil.Process(pid)
        self._stopped = threading.Event()

    def run(self) -> None:
        """Sample until stopped, or until the process is gone."""
        while not self._stopped.wait(_INTERVAL):
            with contextlib.suppress(psutil.NoSuchProcess):
                family = [self._process, *self._process.children(recursive=True)]
                self.megabytes = max(self.megabytes, sum(map(_bytes, family)) / 2**20)

    def __enter__(self) -> "Peak":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self.join()


def _bytes(process: psutil.Process) -> int:
    try:
        memory = process.memory_full_info()
    except psutil.Error:  # it has just ended
        return 0
    return int(memory.pss if MEASURE == "PSS" else memory.uss)
