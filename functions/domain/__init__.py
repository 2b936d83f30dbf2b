"""The pure core: rules, money, lifecycle. No AWS, clock, environment, chance or float; values in, values out."""
