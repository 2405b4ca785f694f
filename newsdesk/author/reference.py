"""The reference for authors, made of the code itself: `make docs` writes it to docs/authors/reference.md."""

import argparse
import ast
import dataclasses
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from newsdesk import sdk
from newsdesk.author.command import parser as author_parser
from newsdesk.pipeline.command import parser as pipeline_parser
from newsdesk.pipeline.limits import Limits
from newsdesk.sdk import contract, errors, hooks, testing
from newsdesk.sdk.kinds import KINDS, Kind
from newsdesk.sdk.testing.clauses import Clauses
from newsdesk.sdk.testing.exporters import ExporterContract
from newsdesk.sdk.testing.processors import ProcessorContract
from newsdesk.sdk.testing.readers import ReaderContract

HEAD = """# Reference

Made of the code by `make docs`: change a docstring there, not this page. What stands here is promised as
[stability](../stability.md) says; how it hangs together is told by the [explanation](explanation.md).
"""
SUBJECTS = (("a processor", ProcessorContract), ("an exporter", ExporterContract), ("a reader", ReaderContract))
_WHERE = re.compile(r"\b(?:newsdesk(?:\.\w+)+|collections(?:\.abc)?|pathlib|typing|types)\.(?=[A-Za-z])")


def reference() -> str:
    """The whole page, in Markdown."""
    parts: tuple[Iterable[str], ...] = (
        (HEAD,),
        _hooks(),
        _names("newsdesk.sdk", sdk, (name for name in sdk.__all__ if not _is_error(name))),
        _names("Errors", errors, (name for name in sdk.__all__ if _is_error(name)), "From `newsdesk.sdk`, as all above."),
        _kinds(),
        _contract(),
        _names("newsdesk.sdk.testing", testing, testing.__all__),
        _limits(),
        _command("The command `newsdesk`", author_parser()),
        _command("The command `python -m newsdesk.pipeline`", pipeline_parser()),
    )
    return "\n".join(line for part in parts for line in part).rstrip("\n") + "\n"


def _is_error(name: str) -> bool:
    value = getattr(sdk, name)
    return isinstance(value, type) and issubclass(value, Exception)


def _hooks() -> Iterator[str]:
    yield "## Hooks\n"
    yield "A plugin is a module that an entry point in the group `newsdesk` names; its hooks are marked with `@hookimpl`.\n"
    for name, value in vars(hooks).items():
        if hasattr(value, "newsdesk_spec"):
            yield from (f"### `{name}{_signature(value)}`\n", f"{_doc(value)}\n")


def _names(title: str, module: ModuleType, names: Iterable[str], before: str = "") -> Iterator[str]:
    yield f"## {title}\n"
    if before:
        yield f"{before}\n"
    for name in names:
        value = getattr(module, name)
        if isinstance(value, type):
            yield from _class(name, value)
        elif inspect.isfunction(value):
            yield from (f"### `{name}{_signature(value)}`\n", f"{_doc(value)}\n")
        else:
            yield from (f"### `{name}`\n", f"{_said_of_constant(name)}\n")


def _class(name: str, value: type) -> Iterator[str]:
    yield f"### `{name}{_signature(value) if dataclasses.is_dataclass(value) or issubclass(value, tuple) else ''}`\n"
    yield f"{_doc(value)}\n"
    for each, member in vars(value).items():
        inner = member.__func__ if isinstance(member, classmethod) else getattr(member, "fget", None) or member
        inner = getattr(inner, "func", inner)  # of a cached property
        if inspect.isfunction(inner) and not each.startswith("_"):
            is_method = inner is member or isinstance(member, classmethod)
            shown = f"{each}{_signature(inner, bound=True)}" if is_method else each
            yield f"- `.{shown}`: {' '.join(_doc(inner).split())}"
    yield ""


def _signature(value: Callable[..., Any], *, bound: bool = False) -> str:
    signature = inspect.signature(value)
    if bound:
        signature = signature.replace(parameters=list(signature.parameters.values())[1:])
    if isinstance(value, type):
        signature = signature.replace(return_annotation=inspect.Signature.empty)
    said = _WHERE.sub("", str(signature)).replace("'", '"').replace("~", "")
    return re.sub(r"<factory>|<function [^>]*>", "...", said)


def _doc(value: Any) -> str:
    return inspect.getdoc(value) or ""


def _said_of_constant(name: str) -> str:
    """The string below the line that gives a name its value, wherever in the SDK that is; else the value itself."""
    for path in sorted(Path(str(sdk.__file__)).parent.glob("*.py")):
        body = ast.parse(path.read_text("utf-8")).body
        for line, below in pairwise(body):
            targets = line.targets if isinstance(line, ast.Assign) else [line.target] if isinstance(line, ast.AnnAssign) else []
            if any(isinstance(each, ast.Name) and each.id == name for each in targets) and _is_string(below):
                return inspect.cleandoc(ast.literal_eval(below.value))  # type: ignore[attr-defined]
    value = getattr(sdk, name)
    return f"`{sorted(value) if isinstance(value, frozenset) else value!r}`"


def _is_string(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant) and isinstance(line.value.value, str)


def _kinds() -> Iterator[str]:
    yield "## Kinds\n"
    yield "Those that ship. Data may have more keys than these; they are kept and shown.\n"
    yield "| kind | what editors read | spans by role | data |\n|---|---|---|---|"
    for name, kind in KINDS.items():
        label = kind.label if kind.reviewed else f"{kind.label} (not reviewed)"
        yield f"| `{name}` | {label} | {_roles(kind)} | {_fields(kind)} |"
    yield ""


def _roles(kind: Kind) -> str:
    said = {(1, 1): "one", (0, None): "any number", (1, None): "one or more"}
    return ", ".join(f"`{role}` {said.get(bounds, bounds)}" for role, bounds in kind.roles.items()) or "none"


def _fields(kind: Kind) -> str:
    fields = []
    for name, schema in kind.schema.get("properties", {}).items():
        types = schema.get("type", "any")
        what = ", ".join(schema["enum"]) if "enum" in schema else types if isinstance(types, str) else " or ".join(types)
        inner = f" of {', '.join(f'`{each}`' for each in schema['properties'])}" if "properties" in schema else ""
        optional = "" if name in kind.schema.get("required", ()) else "; may be left out"
        fields.append(f"`{name}` ({what}{inner}{optional})")
    return ", ".join(fields) or "any"


def _contract() -> Iterator[str]:
    yield "## The contract\n"
    yield "`contract(...)` makes a test of each clause; pytest shows it by this name.\n"
    for subject, clauses in SUBJECTS:
        yield f"### Clauses for {subject}\n"
        yield "| test | holds |\n|---|---|"
        for name in dir(clauses):
            if name.startswith("test_"):
                yield f"| `{name}` | {' '.join(_doc(_clause(clauses, name)).split())} |"
        yield ""


def _clause(clauses: type[Clauses], name: str) -> Any:
    return next(vars(each)[name] for each in clauses.__mro__ if name in vars(each))


def _limits() -> Iterator[str]:
    yield "## Limits\n"
    yield "What a result may be, whoever wrote it. One bad artifact, and none of the run is kept.\n"
    yield "| limit | |\n|---|---|"
    for name, value in vars(contract).items():
        if name.startswith("MAX_"):
            yield f"| {name.removeprefix('MAX_').replace('_', ' ').lower()}, at most | {value:,} |"
    yield "\nWhat a call may take, unless the operator [says otherwise](../settings.md).\n"
    yield f"{_doc(Limits)}\n"
    yield "| limit | default |\n|---|---|"
    for field in dataclasses.fields(Limits):
        yield f"| `{field.name}` | {'–' if field.default is None else f'{field.default:,}'} |"
    yield ""


def _command(title: str, command: argparse.ArgumentParser) -> Iterator[str]:
    yield f"## {title}\n"
    yield f"{command.description}\n"
    yield from _arguments(command)


def _arguments(command: argparse.ArgumentParser) -> Iterator[str]:
    shown = [each for each in command._actions if not isinstance(each, (argparse._HelpAction, argparse._SubParsersAction))]
    if shown:
        yield "| argument | |\n|---|---|"
        for each in shown:
            value = "" if each.nargs == 0 else str(each.metavar or "|".join(map(str, each.choices or ())) or each.dest.upper())
            flags = ", ".join(f"`{flag} {value}`".replace(" `", "`") for flag in each.option_strings) or f"`{value}`"
            yield f"| {flags.replace('|', chr(92) + '|')} | {(each.help or '') % {**vars(each), 'prog': command.prog}} |"
        yield ""
    for each in command._actions:
        if isinstance(each, argparse._SubParsersAction):
            helps = {choice.dest: choice.help for choice in each._choices_actions}
            for name, below in each.choices.items():
                if any(isinstance(one, argparse._SubParsersAction) for one in below._actions):
                    yield from _arguments(below)
                else:
                    yield from (f"### `{below.prog}`\n", f"{str(helps[name]).capitalize()}.\n")
                    yield from _arguments(below)


if __name__ == "__main__":
    print(reference(), end="")
