from catalog.actions.marketplace import starters
from catalog.models import AppTemplate, TemplateVersion
from portal.models import AuditEvent
from tests.makers.catalog import NOW


def test_they_are_put_in_place_once_and_kept_by_an_administrator(db, admin):
    made = starters.load(now=NOW)
    assert sorted(template.kind for template in made) == [
        "approval", "chatbot", "checklist", "dashboard", "form", "tracker",
    ]  # fmt: skip
    assert {template.owner for template in made} == {admin}
    assert TemplateVersion.objects.filter(state="published").count() == 12
    assert {t.latest.number for t in AppTemplate.objects.select_related("latest")} == {"1.1.0"}
    assert AuditEvent.objects.filter(verb="catalog.template_shipped").count() == 12
    assert starters.load(now=NOW) == [] and AppTemplate.objects.count() == 6
