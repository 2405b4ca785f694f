"""`manage.py plugins`: what is installed, in which order it runs, and what is wrong with the rest."""

from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsdesk.host.queries import standings
from newsdesk.host.registry import disabled, plans, registry
from newsdesk.host.reviews import reviews
from newsdesk.sdk.processor import options


class Command(BaseCommand):
    help = "List the installed plugins, the processors in the order in which they run, and problems."

    def handle(self, **_: Any) -> None:
        console, installed, made = Console(), registry(), plans()
        now, standing = made.general, standings(made)
        plugins = Table("Plugin", "Distribution", "Version", title="Plugins", title_justify="left")
        for plugin in installed.plugins:
            plugins.add_row(plugin.name, plugin.distribution, plugin.version)
        console.print(plugins)
        processors = Table("Processor", "Version", "Requires", "Provides", "Options", title="Plan", title_justify="left")
        for each in now.processors:
            shown = ", ".join(f"{name}={value}" for name, value in options(each).items())
            processors.add_row(each.name, each.version, ", ".join(each.requires), ", ".join(each.provides), shown)
        console.print(processors)
        for name, its in standing.items():
            for source, values in its.of_sources.items():
                shown = ", ".join(f"{option}={value}" for option, value in values.items())
                console.print(f"{name} for source {source}: {escape(shown)}")
        if off := disabled():
            console.print(f"Turned off: {', '.join(sorted(off))}")
        if installed.exporters:
            console.print(f"Exporters: {', '.join(installed.exporters)}")
        for review in reviews():
            setting = review.setting
            where = f" for source {setting.source}" if setting.source else ""
            names = ", ".join(name for name, _ in review.changes)
            message = f"settings{where} were saved under version {setting.version or 'unknown'}; look at {names} and save again"
            console.print(f"[yellow]{setting.processor}[/]: {message}")
        for problem in (*installed.problems, *made.left_out):
            console.print(f"[red]{problem.plugin}[/]: {problem.message}")
