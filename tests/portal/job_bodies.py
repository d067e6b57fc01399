"""Job bodies that the tests' processes know. Each leaves audit events as the trace of what it did."""

import time

from portal import audit, jobs
from portal.models import Job


@jobs.body("tests.once")
def once(job: Job) -> None:
    audit.record("portal.job_retried", job, by=None, reason="once")


@jobs.body("tests.steps")
def steps(job: Job, steps: int, pause: float) -> dict[str, int]:
    """Resumable: a step that is done is not done again."""
    for number in range(job.progress, steps):
        audit.record("portal.job_retried", job, by=None, reason=f"step {number}")
        jobs.advance(job, step=f"Step {number + 1}", progress=number + 1, total=steps)
        time.sleep(pause)
    return {"steps": steps}


@jobs.body("tests.fails")
def fails(job: Job, refuse: bool = False) -> None:
    if refuse:
        raise jobs.Refused("The file is empty. Upload one with rows.")
    raise ValueError("no luck")
