"""Tags that say a programme's status and confidence: `{% load programmes %}`."""

from django import template

from programmes import tags

register = template.Library()

register.simple_tag(tags.status_tag)
register.simple_tag(tags.rating_tag)
register.simple_tag(tags.party_tag)
register.simple_tag(tags.figure_tag)
