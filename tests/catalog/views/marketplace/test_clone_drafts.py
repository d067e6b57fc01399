import pytest
from django.urls import reverse

from catalog.actions.marketplace import secrets
from catalog.models import Clone, CloneDraft, MicroApp
from portal import jobs
from portal.models import Job
from tests.makers import wizard
from tests.makers.marketplace import QUESTIONS, make_template
from tests.makers.training import make_award


@pytest.fixture
def template(db):
    return make_template()


@pytest.fixture
def maker(client, owner):
    client.force_login(owner)
    return client


def url(draft, step):
    return reverse("catalog:clone_draft_edit", args=[draft.pk, step])


def test_five_steps_a_job_and_an_app(maker, template, owner, second_owner):
    draft = wizard.begin(maker, template)
    wizard.fill_in(maker, draft, wizard.steps(owner, second_owner))
    page = maker.get(url(draft, "review")).content.decode()
    assert "Leave in the shop" in page and "Leave desk" in page and "Step 5 of 5" in page
    job = wizard.start(maker, draft)
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error
    clone = Clone.objects.select_related("app", "version").get()
    assert (clone.app.name, clone.app.owner, clone.version.number) == ("Leave desk", owner, "1.1.0")
    assert clone.app.state == "in_review" and clone.answers == {"title": "Leave in the shop", "steps": 1}
    done = maker.get(draft.get_absolute_url()).content.decode()
    assert "Leave desk is made" in done


def test_as_a_draft_nobody_is_asked(maker, template, owner, second_owner):
    draft = wizard.begin(maker, template)
    wizard.fill_in(maker, draft, wizard.steps(owner, second_owner))
    jobs.run(wizard.start(maker, draft, then="draft").pk)
    assert MicroApp.objects.get(name="Leave desk").state == "draft"


def test_a_certified_owner_goes_live_at_once(maker, template, owner, second_owner):
    make_award(owner)
    draft = wizard.begin(maker, template)
    wizard.fill_in(maker, draft, wizard.steps(owner, second_owner))
    jobs.run(wizard.start(maker, draft).pk)
    assert MicroApp.objects.get(name="Leave desk").state == "active"


def test_what_was_typed_is_kept_also_when_it_is_wrong(maker, template, owner, second_owner):
    draft = wizard.begin(maker, template)
    typed = wizard.steps(owner, second_owner, name="")["name"]
    answer = maker.post(url(draft, "name"), typed)
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.contract["purpose"] == "Staff ask for leave here." and draft.step == 0
    assert "Staff ask for leave here." in maker.get(url(draft, "name")).content.decode()


def test_the_template_s_own_rules_speak_beside_the_question(maker, template, owner, second_owner):
    draft = wizard.begin(maker, template)
    typed = wizard.steps(owner, second_owner, **{"answer-title": "ab"})["name"]
    answer = maker.post(url(draft, "name"), typed)
    assert answer.status_code == 422 and "Write at least three letters." in answer.content.decode()


def test_an_answer_uncovers_the_question_that_depends_on_it(maker, template, owner, second_owner):
    draft = wizard.begin(maker, template)
    assert 'name="answer-stand_in"' not in maker.get(url(draft, "name")).content.decode()
    typed = wizard.steps(owner, second_owner, **{"answer-steps": "2"})["name"]
    answer = maker.post(url(draft, "name"), typed)
    assert answer.status_code == 422 and 'name="answer-stand_in"' in answer.content.decode()
    typed |= {"answer-shown": ["title", "steps", "stand_in"], "answer-stand_in": "on"}
    assert maker.post(url(draft, "name"), typed).status_code == 303
    draft.refresh_from_db()
    assert draft.answers == {"title": "Leave in the shop", "steps": 2, "stand_in": True}


def test_the_review_leads_back_to_what_is_missing(maker, template, owner, second_owner):
    draft = wizard.begin(maker, template)
    typed = wizard.steps(owner, second_owner)
    wizard.fill_in(maker, draft, {"name": typed["name"]})
    assert maker.get(url(draft, "review"))["Location"] == url(draft, "owner")
    answer = maker.post(reverse("catalog:clone_create", args=[draft.pk]))
    assert answer.status_code == 409 and not Job.objects.filter(name="catalog.make_clone").exists()


def test_a_double_click_begins_one_draft_and_makes_one_app(maker, template, owner, second_owner):
    draft, again = wizard.begin(maker, template), wizard.begin(maker, template)
    assert draft == again
    wizard.fill_in(maker, draft, wizard.steps(owner, second_owner))
    first, second = wizard.start(maker, draft), wizard.start(maker, draft)
    assert first == second
    jobs.run(first.pk)
    wizard.start(maker, draft)
    assert MicroApp.objects.filter(name="Leave desk").count() == 1


def test_nobody_sees_the_draft_of_another(maker, template, outsider):
    draft = wizard.begin(maker, template)
    maker.force_login(outsider)
    for page in (draft.get_absolute_url(), url(draft, "name"), url(draft, "review")):
        assert maker.get(page).status_code == 404
    for name in ("clone_create", "clone_draft_discard_create", "clone_forecast_create"):
        assert maker.post(reverse(f"catalog:{name}", args=[draft.pk])).status_code == 404


def test_it_touches_at_least_what_the_template_touches(maker, db, owner, second_owner):
    template = make_template(
        ("1.0.0",), touches={"data_classification": "confidential", "connectors": [], "hosts": ["api.example.org"]}
    )
    draft = wizard.begin(maker, template)
    answer = maker.post(url(draft, "data"), wizard.steps(owner, second_owner)["data"])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The template is made for “Confidential”." in page and "The template calls api.example.org." in page


def test_a_secret_is_sealed_used_once_and_erased(maker, db, owner, second_owner):
    questions = QUESTIONS + "token:\n  type: str\n  secret: true\n  default: none\n  help: The token\n"
    files = {"copier.yml": questions, "template/conf.txt.jinja": "{{ token }}"}
    template = make_template(("1.0.0",), files=files)
    draft = wizard.begin(maker, template)
    typed = wizard.steps(owner, second_owner)
    typed["name"] |= {"answer-shown": ["title", "steps", "token"], "answer-token": "s3cret-words"}
    wizard.fill_in(maker, draft, typed)
    draft.refresh_from_db()
    assert "s3cret" not in str(draft.answers) + str(draft.contract) + draft.secrets
    assert secrets.unseal(draft.secrets) == {"token": "s3cret-words"}
    assert (
        "s3cret"
        not in maker.get(url(draft, "name")).content.decode() + maker.get(url(draft, "review")).content.decode()
    )
    jobs.run(wizard.start(maker, draft).pk)
    draft.refresh_from_db()
    clone = Clone.objects.get()
    assert draft.secrets == "" and "token" not in clone.answers


def test_what_fails_says_why_keeps_everything_and_can_be_tried_again(maker, template, owner, second_owner):
    draft = wizard.begin(maker, template)
    wizard.fill_in(maker, draft, wizard.steps(owner, second_owner))
    job = wizard.start(maker, draft)
    second_owner.is_active = False
    second_owner.save()
    jobs.run(job.pk)
    draft.refresh_from_db()
    assert draft.state == "failed" and not MicroApp.objects.filter(name="Leave desk").exists()
    page = maker.get(draft.get_absolute_url()).content.decode()
    assert "The app was not made" in page and "Nobody active is known" in page and "Try again" in page
    second_owner.is_active = True
    second_owner.save()
    jobs.run(wizard.start(maker, draft).pk)
    assert MicroApp.objects.filter(name="Leave desk").count() == 1


def test_giving_up_keeps_the_template(maker, template):
    draft = wizard.begin(maker, template)
    answer = maker.post(reverse("catalog:clone_draft_discard_create", args=[draft.pk]))
    assert answer["Location"] == template.get_absolute_url()
    assert CloneDraft.objects.get().state == "discarded"
    assert "given up" in maker.get(draft.get_absolute_url()).content.decode()
