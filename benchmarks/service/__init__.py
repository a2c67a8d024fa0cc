"""How the service bears load, faults and many workers: ``python -m benchmarks.service``."""
