from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def address(email: str) -> SafeString:
    """An email address that breaks before its @ where it must break; what is copied is unchanged."""
    name, _at, domain = email.rpartition("@")
    return format_html("{}<wbr>@{}", name, domain)
