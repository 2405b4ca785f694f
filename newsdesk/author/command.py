"""The command `newsdesk`: what the author of a plugin does before it is installed anywhere."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from math import inf
from pathlib import Path
from typing import Any

from newsdesk.author.listing import list_plugins
from newsdesk.author.saving import run_on_save
from newsdesk.author.scaffold import LICENCES, SORTS, sample_of, write_plugin
from newsdesk.author.terminal import Terminal, safe
from newsdesk.author.trying import Trial, try_plugin
from newsdesk.pipeline.limits import Limits
from newsdesk.sdk.errors import NewsdeskError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. The exit status is 1 where a plugin failed or is broken, 2 where the command cannot be done."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    options = parser().parse_args(arguments)
    terminal, warnings = Terminal(sys.stdout, options.colour), Terminal(sys.stderr, options.colour)
    try:
        return int(options.do(options, arguments, terminal, warnings))
    except NewsdeskError as error:
        for line in str(error).split("\n"):
            warnings.say(safe(line))
        return 2


class _Parser(argparse.ArgumentParser):
    """Takes no shortened options: they are passed on to another process as they were typed."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)


def parser() -> argparse.ArgumentParser:
    """All that the command takes."""
    whole = _Parser(prog="newsdesk", description="Make, try and list plugins of Newsdesk.")
    whole.add_argument("--version", action="version", version=f"newsdesk {version('newsdesk')}", help="say which it is")
    commands = whole.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    plugins = commands.add_parser("plugins", help="make, try and list plugins").add_subparsers(
        required=True, metavar="COMMAND", parser_class=_Parser
    )
    leaves = {
        _add_new: plugins.add_parser("new", help="make a folder with a plugin that works"),
        _add_try: plugins.add_parser("try", help="run a plugin from its folder over files, and show what it finds"),
        _add_list: plugins.add_parser("list", help="list what is installed, and what is wrong with it"),
    }
    for add, leaf in leaves.items():
        add(leaf)
        colours = "auto: on a terminal, unless NO_COLOR is set (default)"
        leaf.add_argument("--colour", choices=("auto", "always", "never"), default="auto", help=colours)
    return whole


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="what it is called, such as acme-topics")
    parser.add_argument("--sort", choices=SORTS, help="what it does (default: processor)")
    parser.add_argument("--into", type=Path, default=Path(), metavar="FOLDER", help="where its folder is made (default: here)")
    parser.add_argument("--description", metavar="TEXT", help="what it does, in one sentence")
    parser.add_argument("--author", metavar="NAME", help="whose it is")
    parser.add_argument("--licence", choices=LICENCES, help="under which licence it is (default: Apache-2.0)")
    parser.add_argument("--no-questions", action="store_true", help="take the defaults, on a terminal too")
    parser.set_defaults(do=_new)


def _add_try(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="the plugin's folder, the one with its pyproject.toml")
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="HTML or plain text, by content, or what a reader reads; - is standard input"
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", dest="settings", help="an option; lists with commas"
    )
    parser.add_argument("--watch", action="store_true", help="run again whenever a file of the plugin, or FILE, is saved")
    parser.add_argument("--whole", action="store_true", help="show the whole text, not only around findings")
    parser.add_argument("--all", action="store_true", help="show what the installed processors find, too")
    parser.add_argument("--here", action="store_true", help="run in this process: print(), tracebacks and debuggers work")
    parser.add_argument(
        "--seconds",
        type=float,
        default=Limits.seconds,
        metavar="S",
        help="stop a processor after S seconds (default: %(default)g)",
    )
    parser.add_argument("--url", help="the address of the document, if there is one document")
    parser.add_argument("--media-type", help="what the files are, if neither content nor name says it to a reader")
    parser.set_defaults(do=_try)


def _add_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="end with exit status 1 where something is wrong")
    parser.set_defaults(do=_list)


def _new(options: argparse.Namespace, _: list[str], terminal: Terminal, __: Terminal) -> int:
    given = {name: getattr(options, name) for name in ("sort", "description", "author", "licence")}
    answers = {name: answer for name, answer in given.items() if answer is not None}
    ask = not options.no_questions and sys.stdin.isatty() and sys.stdout.isatty()
    folder = write_plugin(options.name, options.into, answers, ask)
    terminal.say(safe(f"Made {folder}. Go on with:"))
    steps = (
        f"cd '{folder}'",
        'python -m pip install -e ".[test]" && python -m pytest',
        f"newsdesk plugins try . {sample_of(folder)}",
    )
    for step in steps:
        terminal.say(safe(f"  {step}"))
    return 0


def _try(options: argparse.Namespace, arguments: list[str], terminal: Terminal, warnings: Terminal) -> int:
    if options.url and len(options.files) > 1:
        parser().error("--url gives the address of one document; name one file")
    if not 0 < options.seconds < inf:
        parser().error("--seconds must be more than 0")
    if options.watch and "-" in options.files:
        parser().error("--watch cannot read standard input again; name files")
    if options.watch:
        once = [each for each in arguments if each != "--watch"]
        run_on_save(once, options.path, options.files, terminal)
        return 0
    trial = Trial(
        options.path,
        tuple(options.files),
        tuple(options.settings),
        options.whole,
        options.all,
        options.here,
        options.url,
        options.media_type,
        options.seconds,
    )
    return 0 if try_plugin(trial, terminal, warnings) else 1


def _list(options: argparse.Namespace, _: list[str], terminal: Terminal, __: Terminal) -> int:
    return 0 if list_plugins(terminal) or not options.check else 1


def run_command() -> None:
    """Leave with the command's exit status; quietly where the reader of our output has gone."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a narrow locale is no reason to stop
    try:
        status = main()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except KeyboardInterrupt:
        status = 130
    raise SystemExit(status)
