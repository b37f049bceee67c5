"""Text shared by customers."""

from mingcha.detect.rules.template.shared_template import shared_template

TEMPLATE = (shared_template,)
