"""A worker on its own, as another machine would run it."""

import time

from service.settings import ServiceSettings
from service.worker import run


def work(settings: str, ahead: float) -> None:
    """settings: as JSON; ahead: seconds that its clock is."""
    right = time.time
    time.time = lambda: right() + ahead
    run(ServiceSettings.model_validate_json(settings))
