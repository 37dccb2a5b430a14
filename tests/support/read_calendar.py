"""Reads a calendar with python3-icalendar and says what it holds, for the tests."""

import sys

from icalendar import Calendar

with open(sys.argv[1], "rb") as file:
    calendar = Calendar.from_ical(file.read())
print(calendar.get("METHOD"))
for event in calendar.walk("VEVENT"):
    print(
        "|".join(
            [
                str(event["UID"]),
                str(event["SUMMARY"]),
                str(event["DTSTART"].dt),
                str(event["SEQUENCE"]),
                str(event["STATUS"]),
            ]
        )
    )
    if "ATTENDEE" in event:
        print(f"{event['ORGANIZER']}>{event['ATTENDEE']}")
