"""Compile the numba kernels into their cache once, so that the first real use does not wait."""

from mingcha.campaign.warm import warm as warm_campaign
from mingcha.text.channels import Channels
from mingcha.text.contacts import contacts
from mingcha.text.fingerprint import shingles
from mingcha.text.fold_codes import fold_codes
from mingcha.text.normalise import normalise
from mingcha.text.similarity import jaccard


def warm() -> None:
    """Run every kernel on a few characters."""
    folded = normalise("投诉：每天十几个电话，晚上十一点还打。加微信 abc12345。")
    contacts(folded)
    hashes = shingles(folded, 1)
    jaccard(hashes, hashes)
    fold_codes(["投诉", "complaint"])
    Channels(["停息挂账"]).find("挺息挂账")
    warm_campaign()


if __name__ == "__main__":
    warm()
