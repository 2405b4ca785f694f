"""Documents to measure with: made of the seeds, the same at every run; or pages that lie in a folder."""

import gzip
import html
import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"


def texts(count: int) -> Iterator[bytes]:
    """Pasted articles of 400 to 900 words with their furniture, each another mixture of what the seeds say."""
    stories = [path.read_text("utf-8").split("\n\n") for path in sorted(SEEDS.glob("*.txt"))]
    chance = random.Random(1)
    for number in range(count):
        first, others = chance.choice(stories), [paragraph for story in stories for paragraph in story]
        paragraphs = [*first, *chance.sample(others, 8), f"Story number {number}."]
        yield "\n\n".join(paragraphs).encode()


def short_texts(count: int) -> Iterator[bytes]:
    """Wire copy of a few sentences."""
    for number in range(count):
        yield (
            f"Harbour vote number {number}\n\nThe council voted on item {number} on Tuesday.\n\n"
            f"“We have waited for {number} days,” said Mayor Ada Lind.\n\nPer Holm said that he would appeal.\n"
        ).encode()


def pages(count: int, folder: Path | None = None) -> Iterator[bytes]:
    """Web pages: those of a folder, over and over with a number in them if they are too few; or made of the seeds."""
    if folder is None:
        yield from (_page(number) for number in range(count))
        return
    paths = sorted([*folder.rglob("*.html"), *folder.rglob("*.html.gz")])
    for number in range(count):
        path = paths[number % len(paths)]
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        yield content + f"<!-- {number} -->".encode()


_TEASER = """<li class="teaser"><div class="card card--small"><a href="/s/{number}" data-id="{number}">
<span class="picture"><img src="/i/{number}.jpg" alt="" width="120" height="80"></span>
<span class="card__title">{line}</span></a></div></li>"""


@cache
def _stories() -> list[bytes]:
    return list(texts(400))


def _page(number: int) -> bytes:
    """A news page as they are: some 160 KB and 900 elements, with scripts, menus, teasers, the story, and more teasers."""
    chance = random.Random(number)
    story = [line for line in _stories()[number % len(_stories())].decode().split("\n\n") if line.strip()]
    title = story[0].split("\n")[0]
    head = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": "2026-11-20T10:00:00Z",
    }
    words = [word for line in story for word in line.split()]

    def teasers(count: int) -> str:
        lines = (" ".join(chance.sample(words, 8)) for _ in range(count))
        return "".join(_TEASER.format(number=chance.randrange(10**6), line=html.escape(line)) for line in lines)

    script = ";".join(f"window.q{chance.randrange(10**6)}={json.dumps(chance.sample(words, 6))}" for _ in range(1_600))
    style = "".join(
        f".c{chance.randrange(10**6)}{{margin:{chance.randrange(40)}px;color:#{chance.randrange(10**6):06d}}}"
        for _ in range(1_000)
    )
    body = "".join(f"<p>{html.escape(line)}</p>" for line in story[1:])
    menu = "".join(f'<li><a href="/{word}">{html.escape(word)}</a></li>' for word in chance.sample(words, 40))
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)} | Tidende</title>
<meta property="og:title" content="{html.escape(title)}"><script type="application/ld+json">{json.dumps(head)}</script>
<style>{style}</style><script>{script}</script></head><body><header><nav><ul>{menu}</ul></nav></header>
<main><article><h1>{html.escape(title)}</h1><p class="byline">By Mara Voss</p>{body}</article>
<aside><h2>Most read</h2><ul>{teasers(40)}</ul></aside></main><section><h2>More news</h2><ul>{teasers(60)}</ul></section>
<footer><ul>{menu}</ul><p>Copyright Tidende. All rights reserved.</p></footer></body></html>""".encode()
