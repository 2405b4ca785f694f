"""What an exporter writes, piece by piece: held to being bytes, and traced."""

from collections.abc import Iterable, Iterator

from newsdesk.pipeline.trace import traced
from newsdesk.sdk.exporter import Exporter, Record


def written(exporter: Exporter, records: Iterable[Record]) -> Iterator[bytes]:
    """The file as the exporter yields it. Raises what the exporter raises, and TypeError for a piece that is no bytes.

    What is traced is the whole way of the file, with the time in which records were read and pieces were stored.
    """
    size = 0
    with traced(f"export {exporter.name} {exporter.version}") as came_of_it:
        try:
            for piece in exporter.export(records):
                if not isinstance(piece, bytes):
                    raise TypeError(f"export() must yield bytes, not {type(piece).__name__}; encode what you yield")
                size += len(piece)
                yield piece
        finally:
            came_of_it.append(f"{size} bytes")
