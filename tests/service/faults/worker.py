"""A worker on its own, as another machine would run it."""

import time

from sqlalchemy import Engine, event

from service.settings import ServiceSettings
from service.worker import run


def work(settings: str, ahead: float, commit_seconds: float) -> None:
    """settings: as JSON; ahead: seconds that its clock is; commit_seconds: what the disk takes besides."""
    right = time.time
    time.time = lambda: right() + ahead
    if commit_seconds:
        event.listen(Engine, "commit", lambda _: time.sleep(commit_seconds))
    run(ServiceSettings.model_validate_json(settings))
