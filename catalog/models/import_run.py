from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class ImportKind(models.TextChoices):
    CSV = "csv", _("CSV table")
    BACKSTAGE = "backstage", _("Backstage catalog-info.yaml")
    POWER_PLATFORM = "power_platform", _("Power Platform inventory")
    MANIFEST = "manifest", _("microapp.yaml manifests")
    USAGE = "usage", _("Usage")


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    CHECKING = "checking", _("Checking")
    CHECKED = "checked", _("Dry run done")
    APPLYING = "applying", _("Importing")
    APPLIED = "applied", _("Imported")
    FAILED = "failed", _("Failed")


IMPORT_TRANSITIONS: Transitions = {
    ImportState.UPLOADED: frozenset({ImportState.CHECKING}),
    ImportState.CHECKING: frozenset({ImportState.CHECKING, ImportState.CHECKED, ImportState.FAILED}),
    ImportState.CHECKED: frozenset({ImportState.CHECKING, ImportState.APPLYING}),
    ImportState.APPLYING: frozenset({ImportState.APPLYING, ImportState.APPLIED, ImportState.FAILED}),
    ImportState.APPLIED: frozenset(),
    ImportState.FAILED: frozenset({ImportState.CHECKING}),
}  # a state that leads to itself is work begun again after its job ended without a result


class Outcome(models.TextChoices):
    CREATED = "created", _("Created")
    UPDATED = "updated", _("Updated")
    UNCHANGED = "unchanged", _("Unchanged")
    DISCOVERY = "discovery", _("Kept as discovery")
    REFUSED = "refused", _("Refused")


class ImportRun(models.Model):
    """One file brought in: first a dry run, then the same code for real. `counts` maps an outcome to its rows."""

    kind = models.CharField(_("kind"), max_length=14, choices=ImportKind.choices)
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    source_system = models.SlugField(_("source system"), max_length=40)
    encoding = models.CharField(_("encoding"), max_length=40, blank=True)
    mapping = models.JSONField(_("columns"), default=dict)
    options = models.JSONField(_("options"), default=dict)
    state = models.CharField(_("state"), max_length=8, choices=ImportState.choices, default=ImportState.UPLOADED)
    counts = models.JSONField(_("counts"), default=dict)
    dry_counts = models.JSONField(_("counts of the dry run"), default=dict)
    error = models.TextField(_("what went wrong"), blank=True)
    job = models.ForeignKey("portal.Job", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("uploaded"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="imports", verbose_name=_("by"))
    applied_at = models.DateTimeField(_("imported"), null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("catalog:import_detail", args=[self.pk])


class ImportFile(models.Model):
    """The bytes of an import, apart from its row so that lists stay light; in the database so that any worker has them."""

    run = models.OneToOneField("catalog.ImportRun", models.CASCADE, related_name="file")
    content = models.BinaryField()

    class Meta:
        verbose_name = _("import file")
        verbose_name_plural = _("import files")

    def __str__(self) -> str:
        return str(self.run_id)


class ImportRow(models.Model):
    """How one row of the file ended. `sentence` says why; `dry` rows are of the dry run."""

    run = models.ForeignKey("catalog.ImportRun", models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    dry = models.BooleanField(_("dry run"), default=False)
    name = models.CharField(_("name"), max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome.choices)
    sentence = models.CharField(_("what happened"), max_length=500, blank=True)
    app = models.ForeignKey("catalog.MicroApp", models.SET_NULL, null=True, related_name="+")
    discovery = models.ForeignKey("catalog.Discovery", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("import row")
        verbose_name_plural = _("import rows")
        constraints = [models.UniqueConstraint(fields=["run", "dry", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["run", "dry", "outcome", "number"], name="import_row_outcome")]

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"


class ColumnMapping(models.Model):
    """Remembered columns: a file with the same header is mapped the same way next time."""

    header_digest = models.CharField(_("digest of the header"), max_length=64, unique=True)
    mapping = models.JSONField(_("columns"), default=dict)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")

    def __str__(self) -> str:
        return self.header_digest[:12]
