"""A shadow run with real workers and real plugins: it ends by itself, says what the command says, and changes nothing."""

import json

from tests.installation import COUNT, SEEDS, Site, kill, wait_until

LONG = 12
ROWS = """
import json
from newsdesk.processing.models import Job, Run
print(json.dumps([list(each.objects.order_by("pk").values_list("pk", flat=True)) for each in (Job, Run)]))
"""
REQUEST = """
from newsdesk.access.policy import Actor
from newsdesk.shadow.services import request
print(request(processor="quotes", options={"min_confidence": %s}, actor=Actor.operator()).pk)
"""
QUOTES = """
from newsdesk.processing.models import Job
from newsdesk.processing.queries import current_artifacts
print(sum(each.kind == "quote" for job in Job.objects.all() for each in current_artifacts(job.snapshot_id)))
"""
REPORT = """
import json
from newsdesk.shadow.models import ShadowRun
from newsdesk.shadow.report import report
print(json.dumps(report(ShadowRun.objects.get())))
"""


def test_run_that_no_message_spoke_of_ends_with_what_the_command_says(site: Site) -> None:
    site.manage("receive", str(SEEDS))
    site.manage("process")
    before = site.query(ROWS)
    site.query(REQUEST % 0.7)
    site.start_worker()
    site.start_sweep()
    wait_until(lambda: site.query(REPORT)["state"] == "done", 60, site.log)
    here = json.loads(site.manage("shadow", "quotes", "--option", "min_confidence=0.7", "--json").stdout)
    made = site.query(REPORT)
    assert [made[part] == here[part] for part in ("articles", "agreement", "findings", "turned", "items")] == [True] * 5
    assert (made["articles"]["compared"], made["findings"]["quote"]["gone"] > 0) == (COUNT, True)
    assert (site.query(ROWS), site.manage("check_integrity").stdout.strip()) == (before, "everything holds")


def test_worker_killed_in_the_middle_and_every_article_is_counted_once(site: Site) -> None:
    story = (SEEDS / "011_bridge-nickname.txt").read_text() * 30  # long enough to die over
    for number in range(LONG):
        (site.folder / f"{number}.txt").write_text(f"{story}\nNumber {number} ends here.\n")
    site.manage("receive", *(str(site.folder / f"{number}.txt") for number in range(LONG)))
    site.manage("process")
    site.query(REQUEST % 0.0)
    site.start_sweep()
    worker = site.start_worker()
    wait_until(lambda: site.query(REPORT)["articles"]["compared"] > 0, 60, site.log)
    kill(worker)
    site.start_worker()
    wait_until(lambda: site.query(REPORT)["state"] == "done", 60, site.log)
    made = site.query(REPORT)
    assert (made["articles"]["compared"], made["findings"]["quote"]["unchanged"]) == (LONG, site.query(QUOTES))
