from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find

from portal.stylesheets import StaticStorage, minified

SHEETS = sorted(Path(settings.BASE_DIR, "static", "css").glob("*.css"))
RULES = """(css) => { const style = document.createElement("style"); style.textContent = css;
  document.head.append(style); return [...style.sheet.cssRules].map((rule) => rule.cssText.replace(/,\\s+/g, ",")); }"""


def test_comments_and_blanks_go():
    css = "/* why */\n@media (width < 62rem) {\n  .a, .b:not(.c) > .d {\n    margin: 0 auto;\n  }\n}\n"
    assert minified(css) == "@media (width < 62rem){.a,.b:not(.c) > .d{margin: 0 auto}}"


@pytest.mark.browser
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_the_rules_stay_the_same(browser, sheet):
    page = browser.new_page()
    try:
        written, sent = (page.evaluate(RULES, css) for css in (sheet.read_text(), minified(sheet.read_text())))
    finally:
        page.close()
    assert written
    assert sent == written


def test_collected_sheets_are_minified_hashed_and_compressed(tmp_path, settings):
    storage = StaticStorage(location=tmp_path, base_url="/static/")
    for name in ("css/forms.css", "select.svg"):
        with Path(find(name)).open("rb") as file:
            storage.save(name, file)
    collected = {name: (storage, name) for name in ("css/forms.css", "select.svg")}
    done = {name: hashed for name, hashed, _ in storage.post_process(collected) if not hashed.endswith((".br", ".gz"))}
    hashed = tmp_path / done["css/forms.css"]
    assert "/*" not in hashed.read_text()
    assert done["select.svg"] in hashed.read_text()
    assert hashed.with_name(hashed.name + ".br").exists()
