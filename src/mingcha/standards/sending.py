"""The `[sending]` table of a site's file: recipients of reports and our own address; whoever signed for it is named."""

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from mingcha.errors import BadStandard
from mingcha.model.ad_cycle import Route
from mingcha.model.mail import Sending, is_address
from mingcha.model.words import Words

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
OF_A_PLATFORM = f"{Route.PLATFORM}:"


def parse_sending(name: str, data: Mapping[str, Any]) -> Sending:
    """Recipients by route and our own address; BadStandard for a field there is not, for what is no address, or unsigned."""
    which = f"{name}:sending"
    unknown = sorted(set(data) - {field.name for field in fields(Sending)})
    if unknown:
        named = ", ".join(unknown)
        raise BadStandard(which=which, why=Words(f"没有这样的栏目：{named}", f"there is no such field: {named}"))
    if not str(data.get("countersigned_by", "")).strip():
        raise BadStandard(
            which=which, why=Words("机构的修改须写明由谁负责", "what a site changes says who stands for it")
        )
    contact, domain, to = data.get("contact", ""), data.get("domain", ""), data.get("to", {})
    if not isinstance(to, Mapping):
        raise BadStandard(which=which, why=Words("[sending.to] 须为表", "[sending.to] is a table"))
    recipients = {route: _recipients(which, route, listed) for route, listed in to.items()}
    if contact:
        _address(which, contact)
    if domain and not (isinstance(domain, str) and DOMAIN.fullmatch(domain)):
        raise BadStandard(which=which, why=Words(f"{domain!r} 不是域名", f"{domain!r} is no domain"))
    return Sending(contact=contact, domain=domain, to=recipients, countersigned_by=str(data["countersigned_by"]))


def _recipients(which: str, route: str, listed: Any) -> tuple[str, ...]:
    platform = route.startswith(OF_A_PLATFORM) and bool(route.removeprefix(OF_A_PLATFORM).strip())
    if not platform and route not in (Route.LINE_12377, Route.ASSOCIATION):
        said = f"{OF_A_PLATFORM}…, {Route.LINE_12377}, {Route.ASSOCIATION}"
        raise BadStandard(which=which, why=Words(f"{route!r} 不是 {said} 之一", f"{route!r} is none of {said}"))
    given = [listed] if isinstance(listed, str) else listed
    if not isinstance(given, list) or not given:
        raise BadStandard(which=which, why=Words(f"{route} 须写邮箱地址", f"{route} lists addresses"))
    return tuple(_address(which, one) for one in given)


def _address(which: str, given: Any) -> str:
    if not isinstance(given, str) or not is_address(given):
        raise BadStandard(which=which, why=Words(f"{given!r} 不是邮箱地址", f"{given!r} is no e-mail address"))
    return given
