"""A template made of an app: rendered by Copier, it gives the app again, under another name and nothing else changed."""

import pytest
import yaml

from catalog.templating import from_app, render
from catalog.templating.lint import lint
from catalog.templating.tree import File
from tests.makers.marketplace import METADATA

WORDS = {
    "name": "Leave & more",
    "slug": "leave-more",
    "contact": "stores@company.com",
    "owner": "priya@company.com",
    "second_owner": "tomas@company.com",
}
NEW = {
    "name": 'Ann\'s <b>"desk"</b> \\',
    "slug": "ann-s-desk",
    "contact": "new@company.com",
    "owner": "ann@company.com",
    "second_owner": "bo@company.com",
    "manifest": "version: 1\n",
}
ODD = "{{ 7 * 7 }} {% if x %} {# no #} ${{ github.ref }} {%- raw -%} {{{ a }}} }} %} {"


def clone(files, words=WORDS, new=NEW):
    """What a clone gets of an app with these files, besides its manifest and its answers."""
    app = {path: File(text.encode() if isinstance(text, str) else text) for path, text in files.items()}
    template = from_app.template_of(app, words, METADATA | {"examples": [], "pictures": []})
    assert lint(template).problems == []
    made = render.render(template, {"app": new}, origin=render.Origin("https://x.example/a.git", "1.0.0"))
    assert made.pop("microapp.yaml").text == "version: 1\n"
    assert yaml.safe_load(made.pop(".copier-answers.yml").text or "")["_commit"] == "v1.0.0"
    return {path: file.text for path, file in made.items()}


def test_the_words_of_the_app_are_those_of_the_clone_where_they_stand():
    files = {
        "index.html": "<title>Leave &amp; more</title>\n<a href='mailto:stores@company.com'>",
        "src/config.mjs": 'export const name = "Leave \\u0026 more", slug = "leave-more";\n',
        "README.md": "# Leave & more\n\nAt /apps/leave-more/. Owned by priya@company.com and tomas@company.com.\n",
    }
    made = clone(files)
    assert made["index.html"] == (
        "<title>Ann&#39;s &lt;b&gt;&#34;desk&#34;&lt;/b&gt; \\</title>\n<a href='mailto:new@company.com'>"
    )
    assert made["src/config.mjs"] == (
        'export const name = "Ann\\u0027s \\u003cb\\u003e\\"desk\\"\\u003c/b\\u003e \\\\", slug = "ann-s-desk";\n'
    )
    assert made["README.md"] == (
        f"# {NEW['name']}\n\nAt /apps/ann-s-desk/. Owned by ann@company.com and bo@company.com.\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        ODD,
        f"Leave & more {ODD} leave-more{ODD}",
        f"{ODD}{{% endraw %}} Leave & more",
        "${Leave & more}",
        "{Leave & more",
        "",
    ],
)
@pytest.mark.parametrize("path", ["a.txt", "a.txt.jinja", "{{ b }}/{% c %}.txt", "leave-more/a.txt"])
def test_what_looks_like_jinja_comes_out_as_it_went_in(path, text):
    named = text.replace("Leave & more", NEW["name"]).replace("leave-more", NEW["slug"])
    assert clone({path: text}) == {path.replace("leave-more", "ann-s-desk"): named}


def test_a_file_that_names_another_by_the_address_still_finds_it():
    made = clone({"index.html": '<link href="leave-more.css">', "leave-more.css": "h1 {}"})
    assert made == {"index.html": '<link href="ann-s-desk.css">', "ann-s-desk.css": "h1 {}"}


def test_an_app_called_by_one_plain_word_does_not_change_code():
    words = {**WORDS, "name": "Form", "slug": "form"}
    page = '<title>Form</title><form role="form" class="form"><script src="form.js"></script></form>'
    code = 'class Form extends FormData {}\nexport const c = {\n  name: "Form",\n  slug: "form",\n  page: "/apps/form/" };\n'
    made = clone({"index.html": page, "form.js": code, "README.md": "# Form\n\nA form.\n"}, words)
    assert made["index.html"] == page.replace("<title>Form<", "<title>Ann&#39;s &lt;b&gt;&#34;desk&#34;&lt;/b&gt; \\<")
    assert 'slug: "ann-s-desk"' in made["form.js"] and "/apps/ann-s-desk/" in made["form.js"]
    assert made["form.js"].startswith("class Form extends FormData {}\n") and 'name: "Ann' in made["form.js"]
    assert made["README.md"] == f"# {NEW['name']}\n\nA form.\n"


def test_words_inside_other_words_stay():
    text = "leave-more-often, my-leave-more, xstores@company.com, Leave & moreover"
    assert clone({"a.md": text}) == {"a.md": text}


def test_what_is_not_text_is_copied_and_what_stays_out_is_not_there():
    files = {"logo.png": b"\x89PNG\x00\xff", "dist/a.js": "x", "people.sqlite": b"\x00", "run.sh": "#!/bin/sh\n"}
    app = {
        path: File(text.encode() if isinstance(text, str) else text, path == "run.sh") for path, text in files.items()
    }
    template = from_app.template_of(app, WORDS, METADATA)
    assert template["template/logo.png"].content == b"\x89PNG\x00\xff" and template["template/run.sh"].executable
    assert not [path for path in template if "dist" in path or "sqlite" in path]
