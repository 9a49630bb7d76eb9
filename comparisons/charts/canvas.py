"""What all drawings share: the colours of the roles, and sizes."""

# Each mark is named for the part it plays, a role's letter or another: style sheets and scripts give it the colour that
# suits the reader. The colours here are those for white paper.
COLOURS = {
    "a": "#0072B2",
    "b": "#C2510A",
    "c": "#00734F",
    "d": "#7B4D9E",
    "ink": "#1b1b1b",
    "soft": "#595959",
    "grid": "#e0e0e0",
}
FONT_SIZE = 13
DOT = 11
