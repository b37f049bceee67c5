"""The dated ids of everything that can change a result; every stored result carries them."""

from mingcha.actions.deps import Deps
from mingcha.campaign.gathering import RULE_SCHEME
from mingcha.campaign.scheme import CAMPAIGN_SCHEME
from mingcha.campaign.sketches import SKETCH_SCHEME
from mingcha.detect.detector import DETECT_SCHEME
from mingcha.grade.scale_2026_11_25 import SCALE
from mingcha.model.weights import Weights
from mingcha.network.scheme import NETWORK_SCHEME
from mingcha.text.fingerprint import FINGERPRINT_SCHEME
from mingcha.text.normalise import FOLD_SCHEME


def schemes(deps: Deps, weights: Weights) -> tuple[tuple[str, str], ...]:
    """(what, dated id), sorted."""
    return (
        ("campaign", CAMPAIGN_SCHEME),
        ("detect", DETECT_SCHEME),
        ("families", RULE_SCHEME),
        ("fingerprint", FINGERPRINT_SCHEME),
        ("fold", FOLD_SCHEME),
        ("lexicon", deps.lexicon.scheme),
        ("network", NETWORK_SCHEME),
        ("scale", SCALE.id),
        ("sketch", SKETCH_SCHEME),
        ("standards", deps.standards.digest),
        ("weights", weights.id),
    )
