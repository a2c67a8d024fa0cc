"""The service: a thin skin of HTTP and durable jobs around `scheduler`.

``lianxin serve`` is one tree of processes:

    web (app.py)                 lets requests in (middleware/, access/), answers what is light, and
    │                            keeps one worker running (jobs/supervisor.py)
    ├── answering (answers/)     limited processes for what is read, heavy or a file, by lanes
    └── worker (worker.py)       takes jobs from the queue, shows that it lives, recovers the dead
        └── search (search_child.py), one for each running job

Web and worker have a nursery each, from which those below them are forked (children/), so that the
program is loaded once; answering and search are forked from warm processes, which have loaded more.
Each ends when the pipe from who asked for it ends, so that none is left over when one is killed. A search
that crashes is a failed job; a worker that crashes is started again and its jobs go on from their
best rosters; after kill -9 of all and a restart the same. Requests and workers meet only in the
database, so that more workers can run beside, also on other machines when it is PostgreSQL.
"""
