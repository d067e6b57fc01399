import pytest
from django import forms
from django.template import Context, Template

from portal.widgets import DateInput, FileUpload, RadioCards
from tests.makers.portal import make_person


def render(text, **context):
    return Template(text).render(Context(context))


def test_an_icon_is_silent_unless_it_stands_alone():
    assert 'aria-hidden="true"' in render("{% icon 'bell' %}")
    alone = render("{% icon 'bell' label=label %}", label="Rings <loud>")
    assert 'role="img" aria-label="Rings &lt;loud&gt;"' in alone
    assert "aria-hidden" not in alone


@pytest.mark.parametrize(
    ("tier", "words", "tone"),
    [
        ("low", "Low risk", "ok"),
        ("medium", "Medium risk", "warn"),
        ("high", "High risk", "bad"),
        ("?", "Not rated", "mute"),
    ],
)
def test_risk_is_a_word_and_a_tone(tier, words, tone):
    html = render("{% risk tier %}", tier=tier)
    assert words in html
    assert f'data-tone="{tone}"' in html
    assert "<svg" in html


def test_block_parts_escape_their_arguments_and_keep_their_content():
    html = render("{% panel title=title id='p' %}<b>inside</b>{% endpanel %}", title="A <b> title")
    assert "<b>inside</b>" in html
    assert "A &lt;b&gt; title" in html
    assert 'aria-labelledby="p-title"' in html


@pytest.mark.django_db
def test_a_person_is_isolated_from_the_text_around():
    user = make_person("Noor Haddad")
    html = render("{% person user %}", user=user)
    assert "<bdi>Noor Haddad</bdi>" in html
    assert ">NH<" in html
    assert "nobody" in render("{% person user %}", user=None)


def test_a_difference_says_what_was_empty():
    html = render("{% diff rows %}", rows=[("Hosts", "", "api.example"), ("Users", 0, 3)])
    assert "empty" in html
    assert "<ins>api.example</ins>" in html
    assert "<del>0</del>" in html


def test_steps_are_numbered_in_words():
    html = render("{% steps labels 2 %}", labels=["Name", "Owner", "Review"])
    assert "Step 2 of 3" in html
    assert html.count('aria-current="step"') == 1


def test_an_empty_state_offers_one_action():
    html = render("{% empty_state title='No apps' url='/new/' action='Add an app' %}Nothing yet.{% endempty_state %}")
    assert '<a class="btn" data-variant="plain" href="/new/">' in html
    assert "Nothing yet." in html


class Everything(forms.Form):
    name = forms.CharField(label="Name", help_text="As people know it.")
    note = forms.CharField(label="Note", required=False)
    answer = forms.ChoiceField(
        label="Answer", choices=[("keep", "Keep")], widget=RadioCards(about={"keep": "Still needed."})
    )
    file = forms.FileField(label="File", widget=FileUpload(hint="up to 1 MB"))
    ends = forms.DateField(label="Ends", widget=DateInput())
    sure = forms.BooleanField(label="I am sure")
    name.help_why = "A reviewer reads it."

    def clean(self):
        raise forms.ValidationError("Nothing fits.")


def test_fields_name_their_help_their_reason_and_their_error():
    html = render("{% for f in form %}{{ f.as_field_group }}{% endfor %}", form=Everything({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert "Why is this asked?" in html
    assert "A reviewer reads it." in html
    assert html.count("optional") == 1
    assert "Still needed." in html
    assert "up to 1 MB" in html
    assert 'type="date"' in html


def test_the_summary_lists_each_error_with_a_link_to_its_field():
    html = render("{% error_summary form %}", form=Everything({}))
    assert "6 things to fix" in html
    assert '<a href="#id_name">Name</a>' in html
    assert '<a href="#id_answer">Answer</a>' in html
    assert "Nothing fits." in html
    assert "data-error-summary" in html


def test_a_good_form_has_no_summary():
    assert render("{% error_summary form %}", form=forms.Form({})).strip() == ""


def test_messages_have_a_tone():
    assert render("{{ 'success'|message_tone }} {{ 'error'|message_tone }} {{ 'debug'|message_tone }}") == "ok bad info"
