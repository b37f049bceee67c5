"""Numbers, handles and addresses."""

from mingcha.detect.rules.contact.number_not_reserved import number_not_reserved
from mingcha.detect.rules.contact.shared_device import shared_device
from mingcha.detect.rules.contact.shared_handle import shared_handle
from mingcha.detect.rules.contact.shared_number import shared_number
from mingcha.detect.rules.contact.shared_payee import shared_payee
from mingcha.detect.rules.contact.shared_return_address import shared_return_address
from mingcha.detect.rules.contact.soliciting_ad import soliciting_ad

CONTACT = (
    shared_number,
    shared_device,
    shared_return_address,
    shared_handle,
    shared_payee,
    number_not_reserved,
    soliciting_ad,
)
