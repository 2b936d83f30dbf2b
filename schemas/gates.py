"""The thresholds of the gates before money, as a service document gives them.

A run that does not pass one of them is held until a person has read why and released it.
"""

from decimal import Decimal

from schemas.model import Model, SourceKey, Text


class Threshold(Model):
    """From where on a gate holds a run: the value, its unit, and why it is that value."""

    value: Decimal
    unit: Text
    source: SourceKey


class Authorities(Model):
    """Who must have issued a parameter: a right date from the wrong issuer misled everybody in 2014/15."""

    value_of_point: Text
    national_average_list: Text


class Gates(Model):
    """The thresholds.

    coverage: least share of participants with complete data. supplier_coverage: the same among the practices that a
    supplier sent last time. early_submissions: largest share of a supplier's practices whose counts were all
    submitted on or before the achievement date, so that they cannot count its last day. unchanged_values: largest
    share of a supplier's practices whose every count is that of the run before. practice_movement: largest factor by
    which the median of a practice's prevalences may rise or fall against its own last. supplier_movement: the same
    for the median practice of a supplier. register_movement: largest factor by which one register of a practice may
    move, by prevalence; register_worth: pounds to the practice, from where on such a move holds the run and is not only
    told. supplier_register_movement: the largest factor for one register of the median practice of a supplier, which
    has at least smallest_supplier practices to take the median of. smallest_register: people; smaller registers are not
    judged by movement.
    same_counts: fewest counts above 0 for which two practices that are alike in all their counts are no chance.
    peer_distance: largest factor by which the median of a practice's prevalences may exceed the nation's.
    influence: pounds that any one practice, by moving the national figures, may be worth to everybody else.
    influence_listed: how many of the practices that move them most a report lists.
    """

    authorities: Authorities
    coverage: Threshold
    supplier_coverage: Threshold
    early_submissions: Threshold
    unchanged_values: Threshold
    practice_movement: Threshold
    supplier_movement: Threshold
    register_movement: Threshold
    register_worth: Threshold
    supplier_register_movement: Threshold
    smallest_supplier: Threshold
    smallest_register: Threshold
    same_counts: Threshold
    peer_distance: Threshold
    influence: Threshold
    influence_listed: Threshold
