"""What was seen in a run of the fault tests, as the table that stands in `docs/faults.md`."""

from dataclasses import dataclass, field


@dataclass
class Figures:
    """Rows of fault, scene, and what was seen."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, fault: str, scene: str, **seen: object) -> None:
        """Add a row; what was seen is named by keyword."""
        shown = ", ".join(f"{name.replace('_', ' ')} {_plain(value)}" for name, value in seen.items())
        self.rows.append((fault, scene, shown))

    def table(self) -> list[str]:
        """The rows as lines of a Markdown table."""
        lines = (f"| {fault} | {scene} | {seen} |" for fault, scene, seen in sorted(self.rows))
        return ["| fault | scene | seen |", "|---|---|---|", *lines]


def _plain(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)
