"""Wheels and environments without a network: from our sources, and from what is installed beside them."""

import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).parents[1]
UV = Path(sys.executable).with_name("uv")
OF_AN_INSTALLATION = ("INSTALLER", "REQUESTED", "direct_url.json")


def build_wheel(source: Path, into: Path) -> Path:
    """Build the wheel of a project whose backend is hatchling."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into), cwd=source)
    return max(into.glob("*.whl"), key=lambda each: each.stat().st_mtime_ns)


def wheel_of_installed(name: str, into: Path) -> None:
    """Make the wheel of an installed distribution again, of its files: for one that has no compiled code."""
    found = distribution(name)
    files = [each for each in found.files or () if ".." not in each.parts and "__pycache__" not in each.parts]
    with zipfile.ZipFile(into / f"{name.replace('-', '_')}-{found.version}-py3-none-any.whl", "w") as wheel:
        for each in files:
            if each.name not in OF_AN_INSTALLATION:
                wheel.write(str(each.locate()), str(each))


def make_environment(folder: Path, wheels: Path, *requirements: str) -> Path:
    """An empty virtual environment with these requirements, from a folder of wheels alone; gives its `bin`."""
    offline = ("--offline", "--no-config", "--cache-dir", str(folder.with_name("uv-cache")))
    run(str(UV), "venv", *offline, "--python", sys.executable, str(folder))
    python = str(folder / "bin" / "python")
    run(str(UV), "pip", "install", *offline, "--no-index", "--find-links", str(wheels), "--python", python, *requirements)
    return folder / "bin"


def run(*command: str, cwd: Path = ROOT, **environment: str) -> str:
    """What a command writes; fails with all that it said where it fails."""
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(cwd), "LC_ALL": "C.UTF-8"} | environment
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout
