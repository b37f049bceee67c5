"""What may innocently explain it."""

from mingcha.detect.rules.innocent.common_cause import common_cause
from mingcha.detect.rules.innocent.grievance_confirmed import grievance_confirmed
from mingcha.detect.rules.innocent.institution_offered_first import institution_offered_first
from mingcha.detect.rules.innocent.joint_complaint import joint_complaint
from mingcha.detect.rules.innocent.legal_aid_or_office import legal_aid_or_office
from mingcha.detect.rules.innocent.number_changed import number_changed
from mingcha.detect.rules.innocent.public_sample_letter import public_sample_letter
from mingcha.detect.rules.innocent.recycled_number import recycled_number
from mingcha.detect.rules.innocent.relative_files import relative_files
from mingcha.detect.rules.innocent.same_act import same_act
from mingcha.detect.rules.innocent.shared_merchant import shared_merchant
from mingcha.detect.rules.innocent.shared_place import shared_place
from mingcha.detect.rules.innocent.unpaid_organiser import unpaid_organiser
from mingcha.detect.rules.innocent.verified_representation import verified_representation

INNOCENT = (
    verified_representation,
    relative_files,
    legal_aid_or_office,
    joint_complaint,
    unpaid_organiser,
    shared_merchant,
    public_sample_letter,
    common_cause,
    same_act,
    grievance_confirmed,
    institution_offered_first,
    recycled_number,
    number_changed,
    shared_place,
)
