"""Who speaks, with what authority."""

from mingcha.detect.rules.authority.authorisation_for_someone_else import authorisation_for_someone_else
from mingcha.detect.rules.authority.authorisation_invalid import authorisation_invalid
from mingcha.detect.rules.authority.authorisation_missing import authorisation_missing
from mingcha.detect.rules.authority.filer_not_customer import filer_not_customer
from mingcha.detect.rules.authority.speaks_as_customer import speaks_as_customer

AUTHORITY = (
    authorisation_missing,
    authorisation_invalid,
    authorisation_for_someone_else,
    filer_not_customer,
    speaks_as_customer,
)
