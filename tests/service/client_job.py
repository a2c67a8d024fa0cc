"""A job by the client that was generated: its address in the first argument, an instance at standard input.

Runs in an environment of its own, with `lianxin_client` in its path; prints the roster.
"""

import json
import sys
import time

from lianxin_client import Client
from lianxin_client.api.jobs import get_job, get_jobs, patch_job, post_job
from lianxin_client.api.rosters import get_roster
from lianxin_client.models import JobOut, JobPatch, JobRequest, Roster

client = Client(base_url=sys.argv[1], httpx_args={"trust_env": False})
request = JobRequest.from_dict({"instance": json.load(sys.stdin), "limits": {"steps": 5000}})
job = post_job.sync(client=client, body=request, prefer="wait=1")
assert isinstance(job, JobOut), job
while job.state.value in ("queued", "running"):
    time.sleep(0.1)
    job = get_job.sync(job.id, client=client)
    assert isinstance(job, JobOut), job
patch = JobPatch.from_dict({"labels": {"by": "client"}})
patched = patch_job.sync(job.id, client=client, body=patch)
assert patched.labels.to_dict() == {"by": "client"}, patched
listed = get_jobs.sync(client=client, label=["by=client"])
assert [one.id for one in listed.jobs] == [job.id], listed
roster = get_roster.sync(job.id, client=client)
assert isinstance(roster, Roster), roster
print(json.dumps({"state": job.state.value, "roster": roster.to_dict()}))
