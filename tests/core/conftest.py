"""Plugins for tests: a folder with a module and the metadata by which an installed plugin is found."""

from textwrap import dedent

import pytest


@pytest.fixture(scope="session")
def write_plugin():
    """A function that writes a plugin NAME with this code into a folder: `write_plugin(folder, name, code)`."""

    def write(folder, name, code, version="1.0"):
        module = f"newsdesk_test_{name.replace('-', '_')}"
        (folder / f"{module}.py").write_text(dedent(code), "utf-8")
        metadata = folder / f"{module}-{version}.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module.replace('_', '-')}\nVersion: {version}\n")
        (metadata / "entry_points.txt").write_text(f"[newsdesk]\n{name} = {module}\n")
        return folder

    return write
