"""`manage.py plugins`: what is installed, in which order it runs, and what is wrong with the rest."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsdesk.access.policy import Actor
from newsdesk.host.catalogue import catalogue
from newsdesk.host.queries import standings
from newsdesk.host.registry import disabled, plans, problems, registry
from newsdesk.host.reviews import reviews
from newsdesk.host.services import switch
from newsdesk.sdk.processor import options


class Command(BaseCommand):
    help = "List the installed plugins, the processors in the order in which they run, and problems."

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--off", metavar="PLUGIN", help="turn a plugin off, everywhere and without a restart")
        choice.add_argument("--on", metavar="PLUGIN", help="turn it on again")

    def handle(self, *, off: str | None, on: str | None, **_: Any) -> None:
        if plugin := off or on:
            try:
                switch(plugin=plugin, enabled=plugin == on, actor=Actor.operator())
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
        console, installed, made = Console(), registry(), plans()
        now, standing = made.general, standings(made)
        plugins = Table("Plugin", "State", "Distribution", "Version", "Made for", title="Plugins", title_justify="left")
        for each in catalogue():
            words = (each.plugin.name, each.state, each.plugin.distribution, each.plugin.version, each.plugin.api or "–")
            plugins.add_row(*map(escape, words))
        console.print(plugins)
        processors = Table("Processor", "Version", "Requires", "Provides", "Options", title="Plan", title_justify="left")
        for each in now.processors:
            shown = ", ".join(f"{name}={value}" for name, value in options(each).items())
            processors.add_row(each.name, each.version, ", ".join(each.requires), ", ".join(each.provides), escape(shown))
        console.print(processors)
        for name, its in standing.items():
            for source, values in its.of_sources.items():
                shown = ", ".join(f"{option}={value}" for option, value in values.items())
                console.print(f"{name} for source {source}: {escape(shown)}")
        if installed.kind_owners:
            console.print(f"Kinds of plugins: {', '.join(installed.kind_owners)}")
        if installed.readers:
            told = (f"{each.name} {each.version} ({', '.join(each.format.media_types)})" for each in installed.readers.values())
            console.print(f"Readers: {', '.join(told)}")
        if idle := disabled():
            console.print(f"Turned off: {', '.join(sorted(idle))}")
        if installed.unlisted:
            console.print(f"Not listed in NEWSDESK_LOAD_PLUGINS: {', '.join(each.name for each in installed.unlisted)}")
        if installed.exporters:
            console.print(f"Exporters: {', '.join(installed.exporters)}")
        for review in reviews():
            setting = review.setting
            where = f" for source {setting.source}" if setting.source else ""
            names = ", ".join(name for name, _ in review.changes)
            message = f"settings{where} were saved under version {setting.version or 'unknown'}; look at {names} and save again"
            console.print(f"[yellow]{escape(setting.processor)}[/]: {message}")
        for problem in problems():
            console.print(f"[red]{escape(problem.plugin)}[/]: {escape(problem.message)}")
