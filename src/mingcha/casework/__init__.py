"""Cases: how they stand, what the playbook asks next, and which elements of an offence have exhibits."""
