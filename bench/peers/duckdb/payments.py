"""Payments by duckdb, as a good analyst writes them: typed columns, only the rows that count, two threads.

Exact where the rules round: points, prevalences and the national mean are whole numbers, divided once. Amounts are
doubles until the penny, as duckdb divides decimals in doubles. It checks nothing.
Usage: payments.py FOLDER OUT
"""

import json
import sys
from pathlib import Path

import duckdb

SETTINGS = {"threads": 2, "preserve_insertion_order": False}
RULES = """
create table rules as
select indicator, kind, "group", decided_by, adjusted, register as register_field, numerator as numerator_field,
    denominator as denominator_field, flag as flag_field,
    (100 * points)::bigint as points, (100 * lower)::bigint as lower, (100 * upper)::bigint as upper
from read_csv($rules, header = true, columns = {
    'indicator': 'varchar', 'kind': 'varchar',
    'points': 'decimal(9, 2)', 'lower': 'decimal(9, 2)', 'upper': 'decimal(9, 2)',
    'register': 'varchar', 'numerator': 'varchar', 'denominator': 'varchar', 'flag': 'varchar',
    'adjusted': 'boolean', 'group': 'varchar', 'decided_by': 'varchar'})
"""
WANTED = """
create table wanted as
unpivot (select indicator, register_field as register, numerator_field as numerator,
    denominator_field as denominator, flag_field as flag from rules)
on register, numerator, denominator, flag into name role value field
"""
LISTS = """
create table lists as
select ORG_CODE as practice, LIST_SIZE as size
from read_csv($organisations, header = true, types = {'LIST_SIZE': 'bigint'})
"""
COUNTS = """
create table counts as
select practice, indicator,
    arg_max(value, moment) filter (role = 'register') as register,
    arg_max(value, moment) filter (role = 'numerator') as numerator,
    arg_max(value, moment) filter (role = 'denominator') as denominator,
    arg_max(value, moment) filter (role = 'flag') as flag
from (
    select ORG_CODE as practice, IND_CODE as indicator, role, VALUE as value, SUBMIT_DATE + SUBMIT_TIME as moment
    from read_csv($extract, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
        dateformat = '%d/%m/%Y', columns = {
            'QUALITY_SERVICE': 'varchar', 'NAME': 'varchar', 'ORG_CODE': 'varchar', 'ACH_DATE': 'varchar',
            'IND_CODE': 'varchar', 'FIELD_NAME': 'varchar', 'VALUE': 'bigint', 'DEFAULT_VALUES_USED': 'varchar',
            'SUBMIT_USER_ID': 'varchar', 'SUBMIT_DATE': 'date', 'SUBMIT_TIME': 'time', 'LAST_SUBMISSION': 'varchar'})
    join wanted on IND_CODE = wanted.indicator and FIELD_NAME = wanted.field)
group by all
"""
PAYMENTS = """
copy (
    with national as (
        select indicator, (2 * sum(raw) + count(*)) // (2 * count(*)) as mean
        from (
            select indicator, (2 * register * 1000000000000 + size) // (2 * size) as raw
            from counts join rules using (indicator) join lists using (practice)
            where adjusted and size > 0)
        group by indicator),
    earned as (
        select practice, size, decided_by, points, adjusted, register, mean,
            case kind
                when 'register' then if(register >= 1, points, 0)
                when 'yes_no' then if(flag = 1, points, 0)
                else case
                    when denominator = 0 or 10000 * numerator <= lower * denominator then 0
                    when 10000 * numerator >= upper * denominator then points
                    else (2 * points * (10000 * numerator - lower * denominator) + (upper - lower) * denominator)
                        // (2 * (upper - lower) * denominator) end
            end as earned
        from counts join rules using (indicator) join lists using (practice) left join national using (indicator)),
    empty as (select practice, indicator as decided_by from counts where register = 0)
    select $service as QUALITY_SERVICE, practice as ORG_CODE, $achievement_date as ACH_DATE,
        (sum(earned) / 100)::decimal(9, 2) as POINTS,
        (sum(if(empty.practice is null, points, earned)) / 100)::decimal(9, 2) as MAX_POINTS,
        (floor(sum(case
            when size = 0 then 0
            when not adjusted then earned * size * $pence / $average::double
            when mean = 0 then 0
            else earned * register * $pence * 1e12 / ($average * mean::double) end) / 100 + 0.5) / 100
        )::decimal(12, 2) as AMOUNT
    from earned left join empty using (practice, decided_by)
    group by practice order by practice)
to '{out}' (header)
"""


def main(folder: Path, out: Path) -> None:
    """Read the files of `folder` and write payments.csv."""
    parameters = json.loads((folder / "parameters.json").read_text(encoding="ascii"))
    names = {"service": parameters["service"], "achievement_date": parameters["achievement_date"]}
    pence = round(100 * float(parameters["value_of_point"]))
    figures = {"pence": pence, "average": parameters["national_average_list"]}
    with duckdb.connect(config=SETTINGS) as database:
        database.execute(RULES, {"rules": str(folder / "rules.csv")})
        database.execute(WANTED)
        database.execute(LISTS, {"organisations": str(folder / "organisations.csv")})
        database.execute(COUNTS, {"extract": str(folder / "extract.csv")})
        database.execute(PAYMENTS.replace("{out}", str(out)), {**names, **figures})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
