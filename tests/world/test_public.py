"""Which IP addresses may be spoken to."""

from __future__ import annotations

from ipaddress import IPv6Address
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.world.public import is_public

if TYPE_CHECKING:
    from ipaddress import IPv4Address


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "145.100.1.1", "2a00:1450:400e::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"],
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - to see it refused
        *("0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254"),
        *("172.16.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "2a00::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1"),
        *("2001:db8::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::10.0.0.1", "64:ff9b::a9fe:a9fe"),
        *("64:ff9b:1::808:808", "2002:a00:1::1", "2002:7f00:1::", "2001:0:a00:1::f7f7:f7f7"),
        *("", "localhost", "127.1", "2130706433", "0x7f000001", "8.8.8.8 ", "8.8.8.8:80"),
    ],
)
def test_other_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_a_test_may_speak_to_this_machine_alone(address: str) -> None:
    assert is_public(address, loopback=True)
    assert not is_public("10.0.0.1", loopback=True)
    assert not is_public("0.0.0.0", loopback=True)  # noqa: S104 - to see it refused


@given(st.ip_addresses(v=4))
def test_another_way_to_write_an_address_does_not_make_it_public(address: IPv4Address) -> None:
    number = int(address)
    for start in (0xFFFF << 32, 0x64FF9B << 96, 0):
        written = IPv6Address(start | number)
        assert is_public(str(written)) == is_public(str(address)) or not is_public(str(written))
        assert is_public(str(address)) or not is_public(str(written))


@given(st.text())
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not is_public(f"x{text}")
