"""`newsdesk plugins list`: what is installed, in which order it runs, and what is wrong with the rest."""

from newsdesk.author.terminal import BOLD, RED, Terminal, safe
from newsdesk.pipeline.command import load_registry
from newsdesk.pipeline.plan import make_plan
from newsdesk.sdk.processor import options


def list_plugins(terminal: Terminal) -> bool:
    """Write it; False where something is wrong with a plugin."""
    registry = load_registry()
    plan = make_plan(registry.processors.values(), registry.kinds, registry.readers.values())
    problems = (*registry.problems, *plan.left_out)
    if not registry.plugins and not problems:
        terminal.say("No plugin is installed. Ours are newsdesk-text, newsdesk-html, newsdesk-quotes and newsdesk-jsonl;")
        terminal.say("to make one of your own, run: newsdesk plugins new NAME")
        return True
    terminal.table(
        ("Plugin", "Distribution", "Version"), [(each.name, each.distribution, each.version) for each in registry.plugins]
    )
    if plan.processors:
        terminal.say()
        rows = [
            (each.name, each.version, ", ".join(each.requires), ", ".join(each.provides), _options(options(each)))
            for each in plan.processors
        ]
        terminal.table(("Processor", "Version", "Requires", "Provides", "Options"), rows)
    if registry.readers:
        terminal.say()
        readers = registry.readers.values()
        terminal.table(
            ("Reader", "Version", "Reads"), [(each.name, each.version, ", ".join(each.format.media_types)) for each in readers]
        )
    if registry.kind_owners:
        terminal.say()
        terminal.table(("Kind", "Label"), [(name, registry.kinds[name].label) for name in sorted(registry.kind_owners)])
    if registry.exporters:
        terminal.say()
        exporters = registry.exporters.values()
        terminal.table(("Exporter", "Version", "Writes"), [(each.name, each.version, each.media_type) for each in exporters])
    if problems:
        terminal.say()
        terminal.say(terminal.styled("Problems", BOLD))
    for problem in problems:
        terminal.say(f"{terminal.styled(safe(problem.plugin), RED)}: {safe(problem.message)}")
    return not problems


def _options(values: dict[str, object]) -> str:
    return ", ".join(f"{name}={value}" for name, value in values.items())
