"""Runs the service as its own process: settings as JSON; "no-worker"."""

import sys

from service.app import run
from service.settings import ServiceSettings

if __name__ == "__main__":
    run(ServiceSettings.model_validate_json(sys.argv[1]), worker="no-worker" not in sys.argv)
