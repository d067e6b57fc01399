from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PublicKey(models.Model):
    """The public half of a key that has signed badges. It stays published for good: old badges keep verifying after the
    private key is gone."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    jwk = models.JSONField(_("RSA key as JWK"))
    multikey = models.CharField(_("Ed25519 key as Multikey"), max_length=80)
    first_used_at = models.DateTimeField(_("first used"), default=timezone.now)

    class Meta:
        verbose_name = _("public key of badges")
        verbose_name_plural = _("public keys of badges")
        ordering = ["first_used_at", "id"]

    def __str__(self) -> str:
        return self.name
