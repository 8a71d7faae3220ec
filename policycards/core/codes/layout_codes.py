"""Problems 3xx: fonts, layout and design."""

from policycards.core.codes.kind import N_, Kind

KINDS = (
    Kind(
        "E301",
        N_("no font can draw {character} ({number}); it would be printed as an empty box"),
        N_(
            "Write it with a character that the fonts have. What was pasted from an old document is"
            " best typed anew."
        ),
    ),
    Kind(
        "E302",
        N_("'{text}' ({numbers}) cannot be drawn: a mark in it has no letter to stand on"),
        N_("Type the syllable anew: the letter first, then those below it, then the vowel."),
    ),
    Kind(
        "E310",
        N_("this text is {over} mm wider than its column: {text}"),
        N_(
            "A word or number is too long to be broken. Shorten it, or choose a smaller size in the"
            " theme."
        ),
    ),
    Kind(
        "E311",
        N_("this policy needs {over} mm more height than a page has"),
        N_(
            "Shorten its texts or split its standards over two policies; a row is never cut or"
            " split."
        ),
    ),
    Kind(
        "E312",
        N_(
            "this text takes {lines} lines on the card '{design}', more than {most}; nobody reads"
            " so much on a card"
        ),
        N_(
            "Say it shorter here; the summary, the steps and the papers are for the details behind"
            " the QR code."
        ),
    ),
    Kind(
        "W313",
        N_("this short text is {wide} mm wide, more than the {most} mm of its column"),
        N_("Find a shorter one; a name that does not fit is set in two lines."),
    ),
    Kind(
        "E320",
        N_("there is no pictogram '{name}'"),
        N_("Use one of: {known}."),
    ),
    Kind(
        "E330",
        N_("there is no theme of this name"),
        N_(
            "Shipped are: {shipped}. A theme file of your own is named with its path and ends in"
            " .yaml."
        ),
    ),
    Kind(
        "E331",
        N_("the theme has no design '{design}'"),
        N_(
            "Copy the design from a shipped theme; a theme sets hand, wall, booklet, leaflet and"
            " poster."
        ),
    ),
    Kind(
        "E332",
        N_(
            "'{role}' of the design '{design}' is {size}, less than the {least} that old eyes or"
            " the printer need"
        ),
        N_("Use {least} or more."),
    ),
    Kind(
        "E333",
        N_(
            "the colour '{role}' has a lightness of {light}; a photocopy would lose it or the text"
            " on it"
        ),
        N_(
            "Choose a colour with a lightness from {least} to {most}: dark for accent and rule,"
            " light for tint."
        ),
    ),
    Kind(
        "E334",
        N_("the theme names no font '{face}', so a part of the texts cannot be set"),
        N_("Name a file for each of bo, bo-bold, zh and zh-bold; the same file may stand for two."),
    ),
    Kind(
        "E340",
        N_("nobody can be asked about the cards of area {area}: there is no telephone for it"),
        N_("Add a row with the role 'ask' for the area, or for one above it, to contacts.csv."),
    ),
    Kind(
        "W341",
        N_(
            "no font can draw {numbers} in the name or group of household {household}; its card"
            " leaves a blank there"
        ),
        N_(
            "Write the name into the ruled blank by hand, or correct the character in the roster"
            " and print again."
        ),
    ),
    Kind(
        "W342",
        N_(
            "the head's name of household {household} is too long for its card, which leaves a"
            " ruled blank there"
        ),
        N_(
            "Write the name into the ruled blank by hand, or shorten it in the roster and print"
            " again."
        ),
    ),
    Kind(
        "E343",
        N_("one sheet cannot hold the card of household {household}"),
        N_(
            "Its policies are more than anybody has: look at the rules and lists of the roster by"
            " which it gets them, or shorten the names. Where only fronts are printed, print both"
            " sides."
        ),
    ),
    Kind(
        "W344",
        N_(
            "{village} is printed on whole A4 sheets: half a sheet cannot hold the card of household"
            " {household}"
        ),
        N_("All cards of a village are alike, so that none tells on its household."),
    ),
    Kind(
        "W345",
        N_(
            "of {cards} cards, {moved} have amounts on the back and {dropped} have steps or figures"
            " only behind the QR code"
        ),
        N_("Names, amounts and sums are all there; whole A4 sheets hold more than half ones."),
    ),
    Kind(
        "E350",
        N_("the test page needs {over} mm more height than its paper has"),
        N_(
            "Use smaller sizes for the design 'hand' in the theme, or shorter words of the test"
            " page in words.yaml."
        ),
    ),
    Kind(
        "E351",
        N_("cards of {width} x {height} mm do not fit into the halves of an A4 sheet"),
        N_(
            "Give the design 'hand' in the theme a paper of at most 148 x 210 mm, or print single"
            " pages."
        ),
    ),
    Kind(
        "E352",
        N_("what this piece must have on one page needs {over} mm more height than a page has"),
        N_("Shorten the names of the area and of people, or use smaller sizes in the theme."),
    ),
    Kind(
        "E354",
        N_("what changed in this policy needs {over} mm more height than a change slip has"),
        N_(
            "Shorten the policy's name or the labels of its standards, or print new cards instead"
            " of slips."
        ),
    ),
    Kind(
        "E360",
        N_(
            "Tibetan on the poster would be {size} pt, less than the {least} that are read from 2 m"
        ),
        N_("Choose a larger 'ratio', or a larger 'body' of the design 'poster'."),
    ),
    Kind(
        "E361",
        N_("no standard was raised in {year}"),
        N_("Print all standards as a table with --all, or give another day with --as-of."),
    ),
    Kind(
        "E362",
        N_(
            "the policies of the topic '{topic}' need {over} mm more than the panels of a leaflet"
            " have"
        ),
        N_(
            "Take the least important ones out of the topic, or make two topics of it; nothing is"
            " cut or shrunk."
        ),
    ),
    Kind(
        "E390",
        N_(
            "--offset '{value}' is not two numbers for both sides, or four, of at most {most} mm"
            " each"
        ),
        N_(
            "Write mm to the right and down: 1.5,-2 for both sides, or 1.5,-2,0,1 for fronts and"
            " then backs."
        ),
    ),
    Kind(
        "E391",
        N_(
            "several households would get cards with one code, which no list could tell apart:"
            " {households}"
        ),
        N_(
            "Give one of them another household number in the roster and print again; nothing was"
            " printed."
        ),
    ),
)
