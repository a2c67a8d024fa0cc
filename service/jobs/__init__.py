"""Durable jobs, over the queue in our own tables (`service.store.queue`).

`port.py` is what the web process calls (submit, stop, status, events, erase); `following.py` tells
followers of jobs; `runner.py` is one attempt at one job, with the search in a child process;
`duties.py` is what one worker at a time has to do besides; `supervisor.py` keeps the worker process
running beside the web process.
"""
