"""Run every merit check over one file; what went in decides the bytes that come out, nothing else (law 2)."""

from mingcha.merit.catalogue import CHECKS
from mingcha.model.merit import MeritFile, MeritResult
from mingcha.standards.load import Standards


def check_all(file: MeritFile, standards: Standards) -> tuple[MeritResult, ...]:
    """Results in order of the catalogue: one for each claim, and for grievances the records show though nobody claimed."""
    claims = {claim.grievance: claim for claim in file.claims}
    results = (check.run(file, standards, claims.get(check.grievance)) for check in CHECKS)
    return tuple(result for result in results if result is not None)
