import subprocess
import sys

import pytest

CODE = """
import importlib, sys
importlib.import_module(sys.argv[1])
print(sorted({name.partition(".")[0] for name in sys.modules} & {"django", "celery", "ninja", "pydantic"}))
"""


@pytest.mark.parametrize(
    "module",
    [
        "newsdesk.sdk",
        "newsdesk.sdk.testing",
        "newsdesk.pipeline",
        "newsdesk.pipeline.command",
        "newsdesk.pipeline.keeper",
        "newsdesk.author.command",
        "newsdesk.author.exporting",
    ],
)
def test_core_loads_without_the_server(module):
    assert subprocess.check_output([sys.executable, "-c", CODE, module], text=True) == "[]\n"
