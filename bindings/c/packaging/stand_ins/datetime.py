"""Stands in for datetime inside the private runtime: the real one defines all of it in Python, and then takes what C
defines instead."""

from _datetime import (
    MAXYEAR,
    MINYEAR,
    UTC,
    date,
    datetime,
    datetime_CAPI,
    time,
    timedelta,
    timezone,
    tzinfo,
)

__all__ = (
    "MAXYEAR",
    "MINYEAR",
    "UTC",
    "date",
    "datetime",
    "datetime_CAPI",
    "time",
    "timedelta",
    "timezone",
    "tzinfo",
)
