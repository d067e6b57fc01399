import pytest
from django.template import Context, Template
from django.test import RequestFactory


def render(text, query="", **context):
    return Template(text).render(Context({"request": RequestFactory().get(f"/apps/?{query}"), **context}))


@pytest.mark.parametrize(
    ("current", "first", "link", "mark"),
    [
        ("", "up", "sort=name", ""),
        ("", "down", "sort=-name", ""),
        ("name", "up", "sort=-name", "ascending"),
        ("-name", "up", "sort=name", "descending"),
        ("ends", "up", "sort=name", ""),
    ],
)
def test_a_head_sorts_and_then_turns(current, first, link, mark):
    html = render("{% sort_head 'name' 'App' current first=first %}", current=current, first=first)
    assert f'href="?{link}"' in html
    assert ('aria-sort="' + mark in html) if mark else ("aria-sort" not in html)


def test_sorting_keeps_the_filters_and_leaves_the_page():
    html = render("{% sort_head 'name' 'App' %}", "risk=low&risk=high&after=x&page=3")
    assert 'href="?risk=low&amp;risk=high&amp;sort=name"' in html


def test_a_target_is_morphed_and_the_address_follows():
    html = render("{% sort_head 'name' 'App' target='#list' %}")
    assert 'hx-target="#list"' in html
    assert 'hx-push-url="true"' in html


def test_pages_lead_on_and_back():
    html = render("{% pagination '1 to 25 of 140 apps' next='c2' previous='c1' %}", "q=shift&after=c0")
    assert 'href="?q=shift&amp;after=c2"' in html
    assert 'href="?q=shift&amp;before=c1"' in html
    assert "1 to 25 of 140 apps" in html


def test_the_only_page_leads_nowhere():
    assert "<a" not in render("{% pagination '3 apps' %}")


def test_chips_are_links_without_their_filter():
    items = [{"label": "Low <risk>", "url": "?q=a"}]
    html = render("{% chips items '/apps/' target='#list' %}", items=items)
    assert "Low &lt;risk&gt;" in html
    assert 'href="?q=a" hx-get="?q=a"' in html
    assert "Clear all" in html


def test_no_filter_no_chips():
    assert render("{% chips items '/apps/' %}", items=[]).strip() == ""


def test_a_facet_counts_and_ticks():
    options = [{"value": "low", "label": "Low", "count": 3, "on": True}, {"value": "high", "label": "High", "count": 0}]
    html = render("{% facet 'risk' 'Risk' options %}", options=options)
    assert 'value="low" id="f-risk-low" checked' in html
    assert html.count("data-none") == 1
