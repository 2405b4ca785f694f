"""The example in `plugins/README.md` is run as it stands."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "plugins" / "README.md").read_text(), re.DOTALL)


def test_example_passes_its_own_test(tmp_path: Path) -> None:
    (tmp_path / "acme_shouting").mkdir()
    (tmp_path / "acme_shouting" / "__init__.py").write_text(BLOCKS[0])
    (tmp_path / "test_shouting.py").write_text(BLOCKS[1])
    pytest = [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", "-p", "no:django", "-p", "no:cacheprovider", "."]
    done = subprocess.run(pytest, cwd=tmp_path, capture_output=True, text=True, env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 0, done.stdout + done.stderr
