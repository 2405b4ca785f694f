"""`manage.py plugins`: what is installed, in which order it runs, and what is wrong with the rest."""

from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from newsdesk.host.registry import disabled, plan, registry
from newsdesk.sdk.processor import options


class Command(BaseCommand):
    help = "List the installed plugins, the processors in the order in which they run, and problems."

    def handle(self, **_: Any) -> None:
        console, installed, now = Console(), registry(), plan()
        plugins = Table("Plugin", "Distribution", "Version", title="Plugins", title_justify="left")
        for plugin in installed.plugins:
            plugins.add_row(plugin.name, plugin.distribution, plugin.version)
        console.print(plugins)
        processors = Table("Processor", "Version", "Requires", "Provides", "Options", title="Plan", title_justify="left")
        for each in now.processors:
            shown = ", ".join(f"{name}={value}" for name, value in options(each).items())
            processors.add_row(each.name, each.version, ", ".join(each.requires), ", ".join(each.provides), shown)
        console.print(processors)
        if installed.kind_owners:
            console.print(f"Kinds of plugins: {', '.join(installed.kind_owners)}")
        if installed.readers:
            told = (f"{each.name} {each.version} ({', '.join(each.format.media_types)})" for each in installed.readers.values())
            console.print(f"Readers: {', '.join(told)}")
        if off := disabled():
            console.print(f"Turned off: {', '.join(sorted(off))}")
        if installed.exporters:
            console.print(f"Exporters: {', '.join(installed.exporters)}")
        for problem in (*installed.problems, *now.left_out):
            console.print(f"[red]{problem.plugin}[/]: {problem.message}")
