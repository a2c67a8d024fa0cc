"""A reader of workbooks that does what no reader should, in the place of `limited_reading`."""

import os
import signal
import time

from scheduler.formats.limited import limit_process, taken_bytes


def answer(kind: str, data: bytes, week: object) -> bytes:
    if data == b"dies":
        os.kill(os.getpid(), signal.SIGSEGV)
    if data == b"waits":
        time.sleep(60)
    if data == b"grows":
        limit_process(memory_bytes=taken_bytes() + (1 << 20))
        bytearray(1 << 26)
    if data == b"computes":
        limit_process(cpu_seconds=1)
        while True:
            pass
    return b'{"read": true}'
