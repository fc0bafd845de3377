"""Which machines may be spoken to: only those that anybody on the internet can reach.

Contributors write the addresses, and the one who asks may stand in a network where more
answers than on the internet: the machine itself, its neighbours, a cloud's metadata.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

# IPv6 addresses that are another way to write an IPv4 address, in their last 32 bits (RFC 6052,
# RFC 4291 section 2.5.5.1), and those that every network may translate as it likes (RFC 8215).
_TRANSLATED: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
_LOCALLY_TRANSLATED: Final = IPv6Network("64:ff9b:1::/48")


def is_public(text: str, *, loopback: bool = False) -> bool:
    """Whether an IP address is one that anybody can reach; or this machine itself, for tests."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and (address.scope_id or address in _LOCALLY_TRANSLATED):
        return False
    return all(_reachable(each) or (loopback and each.is_loopback) for each in _meant(address))


def _meant(address: IPv4Address | IPv6Address) -> tuple[IPv4Address | IPv6Address, ...]:
    """Give an address itself, or the IPv4 addresses that are hidden in it."""
    if isinstance(address, IPv4Address) or address.is_loopback or address.is_unspecified:
        return (address,)
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address.sixtofour:
        return (address, address.sixtofour)
    if address.teredo:
        return (address, *address.teredo)
    if any(address in network for network in _TRANSLATED):
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    return (address,)


def _reachable(address: IPv4Address | IPv6Address) -> bool:
    special = (
        address.is_multicast
        or address.is_reserved
        or address.is_loopback
        or address.is_link_local
        or address.is_private
        or address.is_unspecified
        or (isinstance(address, IPv6Address) and address.is_site_local)
    )
    return address.is_global and not special
