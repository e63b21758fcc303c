from django.urls import reverse

INSIDERS = ["manager", "contributor", "viewer", "sro", "ao", "auditor", "centre"]
OUTSIDERS = ["administrator", "platform", "outsider"]
RUNS_IT = ["manager", "sro"]


def page(name: str, *more: object, reference: str = "RS-001") -> str:
    return reverse(f"programmes:{name}", args=[reference, *more])
