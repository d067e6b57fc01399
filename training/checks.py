"""What Django's deployment check says about badges."""

from typing import Any

from django.core.checks import Error, Tags, register

from training.badges.keys import BadKeys
from training.keyring import keyring


@register(Tags.security, deploy=True)
def keys_can_sign(app_configs: Any, **options: Any) -> list[Error]:
    try:
        keyring()
    except BadKeys as problem:
        return [Error(str(problem), id="training.E001")]
    return []
