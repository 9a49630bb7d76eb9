"""The tables of the Occupational Employment and Wage Statistics."""
