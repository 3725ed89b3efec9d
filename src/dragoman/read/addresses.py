"""In: the name of a host. Out: the addresses that it has, or ``Refused`` where one of them is no address of the open internet.

A name is resolved once and the connection goes to the address that was looked at, so that a name cannot answer differently the second time.
"""

from __future__ import annotations

import ipaddress
import socket
from threading import Thread

RESOLVED_WITHIN = 10.0  # seconds
NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
SERVICES = (ipaddress.ip_network("192.0.0.0/24"), ipaddress.ip_network("168.63.129.16/32"))  # where clouds tell secrets, though "global"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(ValueError):
    """A request that is not made; the message says why and what to do."""


def addresses_of(host: str, port: int, allow_private: bool) -> list[str]:
    """The addresses of a host, in the resolver's order. Refused where one is private, OSError where there is none."""
    found = resolved(host, port)
    for address in found:
        if not allow_private and not is_public(address):
            raise Refused(f"{host} is {address}, which is no address of the open internet; --allow-private fetches it all the same")
    return found


def resolved(host: str, port: int) -> list[str]:
    """What the resolver says, asked in a thread because it heeds no time limit."""
    answer: list[str] = []
    failure: list[OSError | UnicodeError] = []

    def ask() -> None:
        try:
            answer.extend(dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            failure.append(error)

    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(RESOLVED_WITHIN)
    if not answer:
        raise OSError(f"the name {host} cannot be resolved" + (f" ({failure[0]})" if failure else " in time"))
    return answer


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet, and so are those that it carries inside (IPv4 in IPv6, NAT64, 6to4, Teredo)."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inside = carried(found)
    if any(found in network for network in NAT64):
        return all(map(is_open, inside))
    return all(is_open(one) for one in (found, *inside))


def is_open(address: Address) -> bool:
    if any(address in network for network in SERVICES):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def carried(address: Address) -> list[Address]:
    if not isinstance(address, ipaddress.IPv6Address):
        return []
    inside: list[Address] = [one for one in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if one is not None]
    if any(address in network for network in NAT64):
        inside.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return inside
