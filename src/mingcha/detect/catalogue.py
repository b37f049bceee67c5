"""All detectors in reading order; the list is the registry."""

from mingcha.detect.detector import Detector
from mingcha.detect.rules.authority import AUTHORITY
from mingcha.detect.rules.callback import CALLBACK
from mingcha.detect.rules.coercion import COERCION
from mingcha.detect.rules.contact import CONTACT
from mingcha.detect.rules.innocent import INNOCENT
from mingcha.detect.rules.paper import PAPER
from mingcha.detect.rules.template import TEMPLATE
from mingcha.detect.rules.timing import TIMING

CATALOGUE: tuple[Detector, ...] = (*TEMPLATE, *AUTHORITY, *CALLBACK, *CONTACT, *PAPER, *COERCION, *TIMING, *INNOCENT)
