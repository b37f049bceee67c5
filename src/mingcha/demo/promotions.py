"""Promotions of the simulated town: rings of bought accounts, and households, shops, offices and dormitories that merely share."""

from mingcha.demo.town import Builder, Person, stamp

LIMITS = ("1", "1", "2")  # claims a person may make of each promotion


def promotions(builder: Builder) -> None:
    """Everybody who claims comes after everybody who complains: the rest of the town is the same with and without them."""
    running = [
        builder.add(
            "promotions", name=f"示例立减金{n}", per_person=limit, from_on=builder.day(60), to_on=builder.day(0)
        )
        for n, limit in enumerate(LIMITS, 1)
    ]
    made = _Claims(builder, running)
    size = builder.town.size
    for n in range(1 + size // 600):
        made.ring(f"b{n}")
    for n in range(2 + size // 100):
        made.household(f"household {n}")
    for n in range(1 + size // 500):
        made.shop(f"shop {n}")
        made.office(f"office {n}")
        made.dormitory(f"dormitory {n}")
    for _ in range(size // 10):
        made.claim(builder.person(), None, payee=made.own())


class _Claims:
    """Who claims, from where, for whom; the truth is kept by account."""

    def __init__(self, builder: Builder, running: list[str]) -> None:
        self._town, self._running, self._rng = builder, running, builder.rng

    def own(self) -> str:
        """An account nobody shares."""
        return f"acct_{self._rng.randrange(10**8):08d}"

    def claim(self, person: Person, group: str | None, **cells: str) -> None:
        """One claim of a promotion, by an account of the person's."""
        account = f"u_{person.id}"
        at = self._town.moment()
        self._town.town.benefits[account] = group
        self._town.add(
            "claims_of_benefit",
            account=account,
            customer_id=person.id,
            promotion=self._rng.choice(self._running),
            claimed_at=stamp(at),
            amount=str(self._rng.choice((5, 10, 20, 50))),
            **cells,
        )

    def ring(self, name: str) -> None:
        """Bought accounts of strangers, worked from a few devices, paid to one or two accounts."""
        devices = [self._device() for _ in range(self._rng.randrange(1, 4))]
        payees = [self.own() for _ in range(self._rng.randrange(1, 3))]
        for _ in range(self._rng.randrange(8, 21)):
            person = self._town.person(employer="none")
            payee = self._rng.choice(payees)
            for _ in range(self._rng.randrange(1, 4)):
                device = self._rng.choice(devices) if self._rng.random() < 0.8 else ""
                self.claim(person, f"ring {name}", payee=payee if self._rng.random() < 0.9 else "", device=device)

    def household(self, name: str) -> None:
        """A family: one door, one network, the mother's account."""
        home, payee, address, ip = self._town.number("h"), self.own(), self._address(), self._ip()
        for _ in range(self._rng.randrange(3, 6)):
            person = self._town.person(household=home)
            self.claim(person, name, payee=payee, address=address, ip=ip)

    def shop(self, name: str) -> None:
        """A shop where customers use what they claimed, over its network: it is paid, for what it sold."""
        merchant, payee, ip = self._town.number("m"), self.own(), self._ip()
        for _ in range(self._rng.randrange(10, 19)):
            self.claim(self._town.person(), name, payee=payee, ip=ip, merchant=merchant)

    def office(self, name: str) -> None:
        """Colleagues behind one network, parcels to the front desk."""
        employer, address, ip = self._town.number("e"), self._address(), self._ip()
        for _ in range(self._rng.randrange(5, 16)):
            self.claim(self._town.person(employer=employer), name, payee=self.own(), address=address, ip=ip)

    def dormitory(self, name: str) -> None:
        """Students of one house nobody listed: one network, parcels to the porter, everybody's own account."""
        address, ip = self._address(), self._ip()
        for _ in range(self._rng.randrange(8, 19)):
            self.claim(self._town.person(employer="none"), name, payee=self.own(), address=address, ip=ip)

    def _device(self) -> str:
        return f"DEV-{self._rng.randrange(10**10):010d}"

    def _ip(self) -> str:
        return f"10.{self._rng.randrange(256)}.{self._rng.randrange(256)}.{self._rng.randrange(1, 255)}"

    def _address(self) -> str:
        return f"示例市演示区虚构路{self._rng.randrange(1, 10_000)}号"
