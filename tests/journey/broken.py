"""Plugins that are broken, one for each way that there is, and what must be told of each."""

from pathlib import Path
from textwrap import dedent
from typing import NamedTuple


class Broken(NamedTuple):
    """A broken plugin's code, what must be told of it with the remedy, and what its metadata say where that is the fault."""

    code: str
    told: str
    requires: str = "newsdesk>=0.1,<0.2"
    entry: str | None = None


HEAD = """
from dataclasses import dataclass
from newsdesk.sdk import hookimpl

@dataclass(frozen=True)
class Processor:
    version, requires, provides = "1", ("text",), ()
    def process(self, document):
        return ()

def named(name):
    return type("Processor", (Processor,), {"name": name})()
"""
HOOK = f"""{HEAD}
@hookimpl
def register_processors():
    return """
ENDLESS = """
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
WORDLESS = """
class Wordless(Exception):
    def __str__(self):
        raise SystemExit
raise Wordless
"""
FORMAT = """
from newsdesk.sdk import hookimpl

class Lines:
    name, version, media_type, suffix = "jsonl", "1", "text/plain", ".txt"
    def export(self, records):
        return ()

@hookimpl
def register_exporters():
    return [Lines()]
"""


def needing(kind: str, gives: str, name: str) -> str:
    """The code of a plugin with a processor that needs one kind and gives another."""
    declared = HEAD.replace('("text",), ()', f'("{kind}",), ("{gives}",)')
    return f"{declared}\n@hookimpl\ndef register_processors():\n    return [named('{name}')]\n"


BROKEN = {
    "zz-ends": Broken("import os; os._exit(3)", "importing it ended its process (exit status 3); mend or uninstall it"),
    "zz-endless": Broken(ENDLESS, "importing it did not end within 5 s; mend or uninstall it"),
    "zz-lingers": Broken(
        HOOK + "[]\nimport threading, time\nthreading.Thread(target=time.sleep, args=(3600,), name='poll').start()",
        "importing it leaves a thread running (poll), for which every command would wait; make it a daemon; mend or uninstall",
    ),
    "zz-leaves": Broken("raise SystemExit('bye')", "SystemExit: bye; mend or uninstall it"),
    "zz-raises": Broken("raise ImportError('too old')", "ImportError: too old; mend or uninstall it"),
    "zz-misses": Broken(
        "import no_such_module",
        "No module named 'no_such_module'; install what brings no_such_module, or uninstall it",
    ),
    "zz-syntax": Broken("def", "SyntaxError: invalid syntax (newsdesk_zz_syntax.py, line 1); mend or uninstall it"),
    "zz-wordless": Broken(WORDLESS, "Wordless: (an error without words); mend or uninstall it"),
    "zz-markup": Broken(r"raise ImportError('[/red] <b> \ud800')", "ImportError: [/red] <b> \ufffd; mend or uninstall it"),
    "zz-absent": Broken("", "No module named 'newsdesk_zz_gone'; reinstall or uninstall it", entry="newsdesk_zz_gone"),
    "zz-nameless": Broken("", "its entry point says '', which names no module; mend it, as in zz-nameless =", entry=""),
    "zz-hookless": Broken("import os", "implements no hook, with @hookimpl before it; there are register_"),
    "zz-hook": Broken(
        HOOK + "1 / 0", "register_processors() failed: ZeroDivisionError: division by zero; mend or uninstall it"
    ),
    "zz-words": Broken(
        HOOK + "['words']",
        "'words' is no processor; it must have name, version, requires, provides and process(); mend or uninstall it",
    ),
    "zz-class": Broken(HOOK + "[Processor]", "return an instance of it: Processor(); mend or uninstall it"),
    "zz-range": Broken(
        HOOK + "[named('zz-range')]",
        "is made for newsdesk>=9, and this is Newsdesk 0.1.0; install a version of newsdesk-zz-range that is made for it,",
        "newsdesk>=9",
    ),
    "zz-riddle": Broken("", "where '>=new' cannot be read; write it as in 'newsdesk>=0.1,<0.2'", "newsdesk>=new"),
    "zz-processor": Broken(
        HOOK + "[named('quotes')]", "'quotes' is taken already, by plugin 'quotes'; uninstall one of the two"
    ),
    "zz-exporter": Broken(FORMAT, "'jsonl' is taken already, by plugin 'jsonl'; uninstall one of the two"),
    "zz-needy": Broken(
        needing("place", "near-duplicate", "zz-needy"),
        "zz-needy requires 'place', which nothing provides; install or enable a provider",
    ),
    "zz-circle": Broken(
        needing("person", "organisation", "zz-circle"),
        "needs what needs it: zz-circle → zz-round → zz-circle; take one of them out",
    ),
    "zz-round": Broken(needing("organisation", "person", "zz-round"), "zz-round"),
    "quotes": Broken(
        HOOK + "[]", "newsdesk-zz-quotes 1.0 names its plugin as newsdesk-quotes 0.1.0 does, which is in; uninstall"
    ),
}


def install(folder: Path) -> Path:
    """Write all of them into a folder, as an installer would."""
    folder.mkdir()
    for name, broken in BROKEN.items():
        write(folder, name, broken)
    return folder


def write(folder: Path, name: str, plugin: Broken) -> None:
    """Write one."""
    module = f"newsdesk_zz_{name.removeprefix('zz-')}"
    (folder / f"{module}.py").write_text(dedent(plugin.code))
    metadata = folder / f"{module}-1.0.dist-info"
    metadata.mkdir()
    head = f"Metadata-Version: 2.1\nName: {module.replace('_', '-')}\nVersion: 1.0\n"
    (metadata / "METADATA").write_text(f"{head}Requires-Dist: {plugin.requires}\n")
    entry = module if plugin.entry is None else plugin.entry
    (metadata / "entry_points.txt").write_text(f"[newsdesk]\n{name} = {entry}\n")
