"""A worker on its own, as another machine would run it: settings as JSON, seconds that its clock is ahead."""

import logging
import sys
import time

from service.settings import ServiceSettings
from service.worker import run

if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    ahead, right = float(sys.argv[2]), time.time
    time.time = lambda: right() + ahead
    run(ServiceSettings.model_validate_json(sys.argv[1]))
