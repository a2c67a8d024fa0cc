"""Durable jobs: a thin port over DBOS Transact.

`port.py` is what the web process calls (submit, stop, status, events, erase, purge); `engine.py` is
the only file that knows DBOS; `runner.py` is one attempt at one job, with the search in a child
process; `supervisor.py` keeps the worker process running beside the web process.

The engine's rows hold job ids only; instances, rosters and how a job stands are in our own tables.
"""
