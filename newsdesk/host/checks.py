"""`manage.py check` says what is wrong with plugins. Warnings, not errors: a broken plugin never stops the house."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from newsdesk.host.conf import conf
from newsdesk.host.registry import registry
from newsdesk.pipeline import make_plan


@register("newsdesk")
def check_plugins(**_: Any) -> list[CheckMessage]:
    """Plugins that cannot be loaded, and processors that find no place in the plan."""
    installed = registry()
    problems = (*installed.problems, *make_plan(installed.processors.values(), installed.kinds).left_out)
    messages: list[CheckMessage] = [Warning(problem.message, obj=problem.plugin, id="newsdesk.W001") for problem in problems]
    if not any("text" in processor.provides for processor in installed.processors.values()):
        hint = "Install newsdesk-text and newsdesk-html, or run `make demo`, which does."
        messages.append(Warning("No installed plugin provides the text of a document.", hint=hint, id="newsdesk.W002"))
    for name in sorted(conf().processor_limits.keys() - installed.processors.keys() - installed.readers.keys()):
        rule = f"NEWSDESK_PLUGIN_LIMITS has limits for {name!r}, which is no processor or reader that is installed"
        messages.append(Warning(rule, hint="Correct the name, install its plugin, or take it out.", id="newsdesk.W003"))
    return messages
