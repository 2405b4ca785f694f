import pytest
from newsdesk_html.lines import read_lines
from newsdesk_html.tree import parse


def lines(content):
    return [line.text for line in read_lines(parse(content))]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>alert(1)</script>",
        "<style>p {}</style>",
        "<noscript>No.</noscript>",
        "<template><p>No.</p></template>",
        "<div hidden>No.</div>",
        "<div style='display: none'>No.</div>",
        "<svg><title>No.</title></svg>",
        "<select><option>No.</option></select>",
        "<!-- No. -->",
    ],
)
def test_what_a_browser_hides_is_no_line(hidden):
    assert lines(f"<p>One.</p>{hidden}<p>Two.</p>") == ["One.", "Two."]


def test_script_does_not_break_a_line():
    assert lines("<p>One <script>a</script>two.</p>") == ["One two."]


def test_inline_elements_do_not_break_a_line():
    assert lines("<p>One <b>t<i>w</i>o</b> <a href='#'>three</a>.</p>") == ["One two three."]


def test_escaped_markup_is_plain_text():
    assert lines("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>") == ["<script>alert(1)</script>"]


def test_break_ends_a_line():
    assert lines("<p>One.<br>Two.</p>") == ["One.", "Two."]


def test_list_items_are_lines():
    assert lines("<ul><li>One</li><li>Two<ul><li>Three</li></ul></li></ul>") == ["One", "Two", "Three"]


def test_table_row_is_a_line():
    assert lines("<table><tr><th>Name</th><td>Age</td></tr><tr><td>Ada</td><td>36</td></tr></table>") == ["Name Age", "Ada 36"]


def test_text_outside_any_block_is_a_line():
    assert lines("One.<p>Two.</p>Three.") == ["One.", "Two.", "Three."]


def test_line_knows_how_much_of_it_is_link():
    assert read_lines(parse("<p>four<a href='#'>four</a></p>"))[0].linked == 0.5


def test_declared_encoding_in_the_markup_is_not_read_twice():
    assert lines("<?xml version='1.0' encoding='latin-1'?><html><meta charset='latin-1'><p>Größe</p></html>") == ["Größe"]
