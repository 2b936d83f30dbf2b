"""Whole numbers of hundredths (or any power of ten) as the decimal text a person reads."""


def decimal_text(value: int, *, places: int) -> str:
    """A whole number of units of 10 to the minus `places` as text: 21343 with 2 places is `213.43`."""
    sign, digits = ("-" if value < 0 else ""), str(abs(value)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def plain_text(value: int, *, places: int) -> str:
    """The same without noughts that say nothing: 4000 with 2 places is `40`, 4050 is `40.5`."""
    text = decimal_text(value, places=places)
    return text.rstrip("0").rstrip(".") if places else text
