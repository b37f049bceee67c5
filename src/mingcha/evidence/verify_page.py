"""核验.html made from its template: the words of verify.py put in, and a policy that lets it run its own script and nothing else."""

import json
import re
from base64 import b64encode
from hashlib import sha256

from mingcha.evidence.verify_pack import WORDS


def page(template: str) -> bytes:
    """The page: no network, no other script, no other style than those whose digests its policy names."""
    text = template.replace("/*WORDS*/", json.dumps(WORDS, ensure_ascii=False, sort_keys=True))
    rules = ["default-src 'none'", "base-uri 'none'", "form-action 'none'"]
    for tag in ("script", "style"):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        rules.append(f"{tag}-src " + " ".join(f"'sha256-{_digest(one)}'" for one in inside))
    return text.replace("POLICY", "; ".join(rules)).encode()


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
