"""What was saved for a processor, in words: what each setting changed, and what has changed since it was saved."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from newsdesk.desk.optionform import shown
from newsdesk.host.models import ProcessorSetting
from newsdesk.host.queries import Present, history
from newsdesk.host.reviews import changes
from newsdesk.sdk import Processor
from newsdesk.sdk.options import options_schema, secret_names

SHOWN = 20
LOOKED_AT = 100
"""So far back is the setting before one looked for; what is older shows all of its options as new."""


def past(processor: Processor) -> list[dict[str, Any]]:
    """The latest settings, newest first, each with what it changed; one query."""
    rows = list(history(processor.name)[:LOOKED_AT])
    hidden = secret_names(processor)
    latest: set[str] = set()
    found = []
    for number, row in enumerate(rows[:SHOWN]):
        before = next((each for each in rows[number + 1 :] if each.source == row.source), None)
        holds = row.source not in latest
        latest.add(row.source)
        found.append({"row": row, "changes": list(_changes(row, before, hidden)), "holds": holds})
    return found


def _changes(row: ProcessorSetting, before: ProcessorSetting | None, hidden: frozenset[str]) -> Iterator[dict[str, str]]:
    was: Mapping[str, Any] = before.options if before else {}
    for name in dict.fromkeys([*was, *row.options]):
        if name in hidden or (name in was and name in row.options and was[name] == row.options[name]):
            continue
        yield {
            "name": name,
            "before": shown(was[name]) if name in was else "–",
            "after": shown(row.options[name]) if name in row.options else "–",
        }
    for name in row.secrets:
        yield {"name": name, "before": "", "after": _("secret changed")}
    if not row.source and row.enabled != (before.enabled if before else True):
        yield {"name": "", "before": "", "after": _("turned on") if row.enabled else _("turned off")}


def reviewed(now: Present, processor: Processor) -> list[str]:
    """What has changed since the setting was saved, a sentence each; nothing where it is of the present schema."""
    if now.setting is None:
        return []
    schema = options_schema(processor)["properties"]
    return [_sentence(name, what, now.setting, schema) for name, what in changes(now.setting, schema)]


def _sentence(name: str, what: str, setting: ProcessorSetting, schema: Mapping[str, Any]) -> str:
    default = json.dumps(schema.get(name, {}).get("default"), ensure_ascii=False)
    if what == "gone":
        given = f" ({shown(setting.options[name])})" if name in setting.options else ""
        return _("“{name}”{given} is no option any more; saving leaves it out.").format(name=name, given=given)
    if what == "new":
        return _("“{name}” is new; its default, {default}, holds until you save.").format(name=name, default=default)
    if what == "default":
        return _("“{name}” was not saved, and has another default now: {default}.").format(name=name, default=default)
    if what == "rule":
        return _("What “{name}” takes has changed.").format(name=name)
    return _("“{name}” was saved before options had a schema.").format(name=name)
