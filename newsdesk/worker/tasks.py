"""The task, bound to our application. A message is only a nudge: it may come twice, late, or never."""

import logging

from newsdesk.processing import services as processing
from newsdesk.review.queries import articles_decided_on
from newsdesk.review.services import reconcile
from newsdesk.shadow import services as shadow
from newsdesk.worker.celery import app
from newsdesk.worker.slot import runner, stopped

logger = logging.getLogger(__name__)


@app.task
def process_jobs(job_ids: list[int]) -> None:
    """Process those of these jobs that nobody else has."""
    ended = processing.process(job_ids, call=runner(), stopped=stopped)
    reconcile(articles_decided_on(job_ids))
    if ended:
        logger.info("processed %s", ", ".join(f"{count} {state}" for state, count in sorted(ended.items())))


@app.task
def work_on_shadow_run(run_id: int) -> None:
    """Go on with a shadow run for a while. The sweep sends what is left, so that articles come in between."""
    logger.info("shadow run %s: %s", run_id, shadow.work(run_id, call=runner(), stopped=stopped))
