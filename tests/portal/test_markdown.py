import pytest

from portal import markdown


def test_headings_lists_tables_and_links():
    html = markdown.render("# One\n\n- two\n\n| a | b |\n|---|---|\n| c | d |\n\n[three](https://example.org)")
    assert "<h1>One</h1>" in html
    assert "<li>two</li>" in html
    assert "<td>d</td>" in html
    assert 'rel="noopener noreferrer nofollow"' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "[x](data:text/html,x)",
    ],
)
def test_nothing_runs(text):
    html = markdown.render(text)
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
